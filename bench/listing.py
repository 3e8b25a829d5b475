"""Articles looked at through the API: pages of a list, and one article with its spans."""

from __future__ import annotations

from statistics import median

from bench import floor
from bench.client import Client, expect
from bench.stage import SLUG, Stage, middle
from bench.table import Line
from tests import server

TIMES = 30
PAGE = f"/api/v1/projects/{SLUG}/articles/?page_size=50"


def pages(stage: Stage) -> list[Line]:
    """Read the first page of the list and the last."""
    token = stage.token("max", "read")
    with server.serve(stage.instance) as running:
        client = Client(running.url, token)
        first, last = _read(client, PAGE), _read(client, _last(client))
    with floor.opened(stage.instance.database) as connection:
        least = 1000 * middle(lambda: floor.page(connection), TIMES)
    return [
        Line("list of 50: first page", "ms", first, least, 8),
        Line("list of 50: last page", "ms", last, least, 8),
    ]


def article(stage: Stage, sample: dict[str, str]) -> list[Line]:
    """Read an article and its set of 100 spans: two requests."""
    token = stage.token("ana", "read")
    addresses = [
        f"/api/v1/articles/{sample['article']}/",
        f"/api/v1/annotation-sets/{sample['set']}/",
    ]
    with server.serve(stage.instance) as running:
        client = Client(running.url, token)
        ours = sum(_read(client, each) for each in addresses)
    with floor.opened(stage.instance.database) as connection:
        least = 1000 * middle(lambda: floor.one(connection, sample["article"]), TIMES)
    return [Line("article and set of 100 spans by API", "ms", ours, least, 5)]


def _read(client: Client, address: str) -> float:
    """Return the median time of one request in milliseconds; the first does not count."""
    expect(client.get(address))
    return median(1000 * expect(client.get(address)).seconds for _ in range(TIMES))


def _last(client: Client) -> str:
    """Follow the list to its end and return the address of the last page."""
    address = PAGE
    while following := expect(client.get(address)).json["next"]:
        address = following
    return address
