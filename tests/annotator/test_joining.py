"""Modules joined into one do what they did apart, and what cannot be joined is refused in a sentence."""

from __future__ import annotations

import pytest

from annotator.joining import JoiningError, joined

LEAF = """const MOST = 3;
export const NAME = "leaf";
export function most() {
\treturn MOST;
}
"""
BRANCH = """import { most, NAME } from "./leaf.js";
const MOST = 40;
export class Branch {
\tsum = most() + MOST;
\tname = NAME;
}
"""
TWIG = """import {
\tBranch,
} from "./branch.js";
import { out } from "../outside.js";
let made = 0;
export const twig = () => [++made, Branch, out];
"""
WOOD = {"branch": BRANCH, "leaf": LEAF, "twig": TWIG}


def test_modules_stand_behind_what_they_need_and_keep_their_names_apart() -> None:
    assert (
        joined(WOOD)
        == """import { out } from "../outside.js";
const { NAME, most } = (() => {
const MOST = 3;
const NAME = "leaf";
function most() {
\treturn MOST;
}
return { NAME, most };
})();
const { Branch } = (() => {
const MOST = 40;
class Branch {
\tsum = most() + MOST;
\tname = NAME;
}
return { Branch };
})();
const { twig } = (() => {
let made = 0;
const twig = () => [++made, Branch, out];
return { twig };
})();
export { NAME, most, Branch, twig };
"""
    )


@pytest.mark.parametrize(
    "line",
    [
        'export { most } from "./leaf.js";',
        'export * from "./leaf.js";',
        "export default 1;",
        "export let count = 0;",
        "export const { a, b } = { a: 1, b: 2 };",
        'import "./leaf.js";',
        'import * as leaf from "./leaf.js";',
        'import leaf from "./leaf.js";',
        'import { most as much } from "./leaf.js";',
        'import { most } from "leaf";',
        "const here = import.meta.url;",
    ],
)
def test_another_form_is_refused(line: str) -> None:
    with pytest.raises(JoiningError, match=r"^odd\.js cannot be joined with others: "):
        joined({"leaf": LEAF, "odd": f"{line}\n"})


def test_two_exports_of_one_name_are_refused() -> None:
    with pytest.raises(JoiningError, match=r"^a\.js and b\.js both export c\.$"):
        joined({"a": "export const c = 1;\n", "b": "export const c = 2;\n"})


@pytest.mark.parametrize("name", ["most", "out"])
def test_an_import_of_a_name_that_means_something_else_is_refused(name: str) -> None:
    odd = f'import {{ {name} }} from "../elsewhere.js";\n'
    with pytest.raises(
        JoiningError, match=rf"imports {name} of \.\./\w+\.js: \S+\.js has another\.$"
    ):
        joined(WOOD | {"odd": odd})


@pytest.mark.parametrize("name", ["least", "Branch"])
def test_an_import_of_what_is_not_there_is_refused(name: str) -> None:
    odd = f'import {{ {name} }} from "./leaf.js";\n'
    with pytest.raises(JoiningError, match=rf"^odd\.js imports {name}: \./leaf\.js has none\.$"):
        joined({"leaf": LEAF, "branch": BRANCH, "odd": odd})


def test_modules_that_import_each_other_are_refused() -> None:
    one = 'import { b } from "./b.js";\nexport const a = 1;\n'
    other = 'import { a } from "./a.js";\nexport const b = 1;\n'
    with pytest.raises(JoiningError, match=r"^Modules import each other: "):
        joined({"a": one, "b": other})


def test_an_import_on_demand_stays() -> None:
    text = 'export const open = async () => (await import("./sheets/keys.js")).open();\n'
    assert 'import("./sheets/keys.js")' in joined({"open": text})
