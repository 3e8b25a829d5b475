"""Who may call what: DESIGN, section 6, as a table of routes, methods and people."""

from __future__ import annotations

from dataclasses import dataclass

from labels.vocabulary import Scope

# The table: route, method, object, and the status for each of `PEOPLE`; `-` is a row of 404 for everybody.

API = """
                                             anonymous stranger ana carl bob rita rob max
me               GET    -                    401 200 200 200 200 200 200 200
me               PATCH  -                    401 200 200 200 200 200 200 200
tokens           GET    -                    401 200 200 200 200 200 200 200
tokens           POST   -                    401 201 201 201 201 201 201 201
tokens           DELETE ana's                401 404 204 404 404 404 404 404
projects         GET    -                    401 200 200 200 200 200 200 200
projects         POST   -                    401 201 201 201 201 201 201 201
project          GET    -                    401 404 200 200 200 200 200 200
project          PATCH  -                    401 404 403 403 403 403 403 200
scheme           GET    -                    401 404 200 200 200 200 200 200
scheme           PUT    -                    401 404 403 403 403 403 403 200
migrations       GET    -                    401 404 200 200 200 200 200 200
migrations       POST   -                    401 404 403 403 403 403 403 201
migration        GET    -                    401 404 200 200 200 200 200 200
migration        POST   -                    401 404 403 403 403 403 403 200
articles         GET    -                    401 404 200 200 200 200 200 200
articles         POST   -                    401 404 403 403 403 403 403 201
imports          GET    -                    401 404 403 403 403 403 403 200
imports          POST   -                    401 404 403 403 403 403 403 201
import           GET    -                    401 404 403 403 403 403 403 200
import           DELETE -                    401 404 403 403 403 403 403 409
export           GET    -                    401 404 403 403 403 403 403 200
members          GET    -                    401 404 403 403 403 403 403 200
members          POST   -                    401 404 403 403 403 403 403 201
members          DELETE bob                  401 404 403 403 403 403 403 204
members          DELETE max                  401 404 403 403 403 403 403 409
assignments      GET    -                    401 404 403 403 403 403 403 200
assignments      POST   -                    401 404 403 403 403 403 403 201
assignments      DELETE -                    401 404 403 403 403 403 403 204
releases         GET    -                    401 404 403 403 403 403 403 200
releases         POST   -                    401 404 403 403 403 403 403 201
release          GET    -                    401 404 403 403 403 403 403 200
release_file     GET    -                    401 404 403 403 403 403 403 200
making           GET    -                    401 404 403 403 403 403 403 200
making           DELETE -                    401 404 403 403 403 403 403 200
release_diff     GET    -                    401 404 403 403 403 403 403 200
release_diff_rows GET   -                    401 404 403 403 403 403 403 200
agreement        GET    -                    401 404 200 200 200 200 200 200
agreement        DELETE -                    401 404 204 204 204 204 204 204
self_agreement   GET    -                    401 404 200 200 200 200 200 200
looks            GET    -                    401 404 403 403 403 403 403 200
looks            POST   -                    401 404 403 403 403 403 403 201
looks            DELETE ana                  401 404 403 403 403 403 403 200
qualification    GET    -                    401 404 200 200 200 200 200 200
qualification    PUT    -                    401 404 403 403 403 403 403 200
passes           POST   -                    401 404 403 403 403 403 403 404
progress         GET    -                    401 404 200 200 200 200 200 200
changes          GET    -                    401 404 200 200 200 200 200 200
next             POST   -                    401 404 200 200 204 200 204 200
article          GET    -                    401 404 200 200 403 200 403 200
article          PATCH  -                    401 404 403 403 403 403 403 200
versions         GET    -                    401 404 200 200 403 200 403 200
article_comments GET    -                    401 404 200 200 403 200 403 200
article_comments POST   -                    401 404 201 201 403 201 403 201
article_comments_read POST -                 401 404 204 204 403 204 403 204
article_sets     GET    -                    401 404 200 200 403 200 403 200
article_sets     POST   fresh                401 404 201 201 403 403 403 201
article_sets     POST   open                 401 404 200 201 403 200 403 200
annotation_set   GET    ana open             401 404 200 403 403 200 403 200
annotation_set   GET    rita open            401 404 403 403 403 200 403 200
annotation_set   GET    max open             401 404 403 403 403 200 403 200
annotation_set   GET    ana submitted        401 404 200 403 403 200 403 200
carrying         GET    ana open             401 404 200 403 403 403 403 403
carrying         POST   ana open             401 404 200 403 403 403 403 403
settle           POST   ana open             401 404 409 403 403 403 403 403
take_back        POST   ana open             401 404 409 403 403 403 403 403
operations       POST   ana open             401 404 200 403 403 403 403 403
operations       POST   rita open            401 404 403 403 403 200 403 403
operations       POST   max open             401 404 403 403 403 403 403 200
operations       POST   ana submitted        401 404 409 403 403 403 403 403
active_time      POST   ana open             401 404 200 403 403 403 403 403
active_time      POST   rita open            401 404 403 403 403 200 403 403
active_time      POST   ana submitted        401 404 200 403 403 403 403 403
submit           POST   ana open             401 404 200 403 403 403 403 403
submit           POST   rita open            401 404 403 403 403 200 403 403
submit           POST   max open             401 404 403 403 403 403 403 200
reopen           POST   ana submitted        401 404 200 403 403 403 403 403
reopen           POST   rita submitted       401 404 403 403 403 200 403 403
return           POST   ana submitted        401 404 403 403 403 200 403 200
return           POST   rita submitted       401 404 403 403 403 403 403 200
return           POST   max submitted        401 404 403 403 403 200 403 403
approve          POST   ana submitted        401 404 403 403 403 200 403 200
approve          POST   rita submitted       401 404 403 403 403 403 403 200
approve          POST   max submitted        401 404 403 403 403 200 403 403
approve          POST   ana open             401 404 403 403 403 409 403 409
revisions        GET    ana open             401 404 200 403 403 200 403 200
revisions        GET    rita open            401 404 403 403 403 200 403 200
reviews          GET    ana submitted        401 404 200 403 403 200 403 200
reviews          GET    rita submitted       401 404 403 403 403 200 403 200
reviews          POST   ana submitted        401 404 403 403 403 201 403 201
reviews          POST   rita submitted       401 404 403 403 403 403 403 201
reviews          POST   max submitted        401 404 403 403 403 201 403 403
accept_rest      POST   ana submitted        401 404 403 403 403 200 403 200
accept_rest      POST   rita submitted       401 404 403 403 403 403 403 200
comments         GET    ana open             401 404 200 403 403 200 403 200
comments         GET    max open             401 404 403 403 403 200 403 200
comments         POST   ana open             401 404 201 403 403 201 403 201
comments         POST   max open             401 404 403 403 403 201 403 201
disagreements    GET    -                    401 404 403 403 403 200 200 200
adjudication     GET    submitted            401 404 403 403 403 403 200 403
adjudication     GET    settled              401 404 403 403 403 200 200 200
adjudication     GET    fresh                401 404 403 403 403 409 409 409
adjudication     POST   submitted            401 404 403 403 403 403 201 403
adjudication     POST   settled              401 404 403 403 403 200 200 200
decisions        GET    settled              401 404 403 403 403 200 200 200
decisions        POST   settled              401 404 403 403 403 200 200 200
decisions        POST   finished             401 404 403 403 403 409 409 409
agreements       POST   settled              401 404 403 403 403 200 200 200
undo             POST   settled              401 404 403 403 403 200 200 200
finish           POST   settled              401 404 403 403 403 200 200 200
reopen_adjudication POST finished            401 404 403 403 403 200 200 200
feedback         GET    -                    401 404 200 200 200 200 200 200
feedback         POST   -                    401 404 404 404 404 404 404 404
feedback_summary GET    -                    401 404 200 200 200 200 200 200
comments_read    POST   ana open                 401 404 204 403 403 204 403 204
comments_read    POST   max open                 401 404 403 403 403 204 403 204
schema           GET    -                    200 200 200 200 200 200 200 200
docs             GET    -                    200 200 200 200 200 200 200 200
"""

PAGES = """
                                             anonymous stranger ana carl bob rita rob max
home             GET    -                    302 200 200 200 200 200 200 200
health           GET    -                    200 200 200 200 200 200 200 200
sign_in          GET    -                    200 302 302 302 302 302 302 302
sign_in          POST   -                    422 422 422 422 422 422 422 422
sign_in_link     GET    -                    403 403 403 403 403 403 403 403
sign_out         POST   -                    302 302 302 302 302 302 302 302
me               GET    -                    302 200 200 200 200 200 200 200
tokens           GET    -                    302 200 200 200 200 200 200 200
tokens           POST   ana's                302 404 302 404 404 404 404 404
conversations    GET    -                    302 200 200 200 200 200 200 200
project_new      GET    -                    302 200 200 200 200 200 200 200
project_new      POST   -                    302 302 302 302 302 302 302 302
project          GET    -                    302 404 200 200 200 200 200 200
import           GET    -                    302 404 403 403 403 403 403 200
import           POST   -                    302 404 403 403 403 403 403 422
people           GET    -                    302 404 403 403 403 403 403 200
people           POST   -                    302 404 403 403 403 403 403 422
scheme           GET    -                    302 404 200 200 200 200 200 200
scheme           POST   -                    302 404 403 403 403 403 403 422
migrations       GET    -                    302 404 403 403 403 403 403 200
migrations       POST   -                    302 404 403 403 403 403 403 422
migration        GET    -                    302 404 403 403 403 403 403 200
migration        POST   -                    302 404 403 403 403 403 403 302
agreement        GET    -                    302 404 200 200 200 200 200 200
agreement        POST   -                    302 404 302 302 302 302 302 302
agreement_marks  GET    -                    302 404 404 404 404 404 404 404
pace             GET    -                    302 404 200 200 200 200 200 200
pace_sets        GET    -                    302 404 200 200 200 200 200 200
agreement_spans  GET    -                    302 404 404 404 404 404 404 404
agreement_units  GET    -                    302 404 200 200 200 200 200 200
export           GET    -                    302 404 403 403 403 403 403 200
releases         GET    -                    302 404 403 403 403 403 403 200
releases         POST   -                    302 404 403 403 403 403 403 302
release          GET    -                    302 404 403 403 403 403 403 200
making           GET    -                    302 404 403 403 403 403 403 200
making           POST   -                    302 404 403 403 403 403 403 302
release_diff     GET    -                    302 404 403 403 403 403 403 200
release_diff_rows GET   -                    302 404 403 403 403 403 403 200
settings         GET    -                    302 404 403 403 403 403 403 200
settings         POST   -                    302 404 403 403 403 403 403 422
adjudications    GET    -                    302 404 403 403 403 200 200 200
adjudication     GET    submitted            302 404 403 403 403 403 200 403
adjudication     GET    settled              302 404 403 403 403 200 200 200
adjudication     POST   submitted            302 404 403 403 403 403 302 403
qualification    GET    -                    302 404 200 200 200 200 200 200
qualification    POST   -                    302 404 403 403 403 403 403 422
feedback         GET    -                    302 404 200 200 200 200 200 200
feedback         POST   -                    302 404 404 404 404 404 404 404
article          GET    -                    302 404 200 200 403 200 403 200
article          POST   -                    302 404 403 403 403 403 403 422
versions         GET    -                    302 404 200 200 403 200 403 200
versions         POST   -                    302 404 404 404 403 404 403 404
label            GET    fresh                302 404 200 200 403 403 403 200
label            GET    open                 302 404 200 200 403 200 403 200
review           GET    ana open             302 404 302 403 403 200 403 200
review           GET    rita submitted       302 404 403 403 403 302 403 200
review           GET    max submitted        302 404 403 403 403 200 403 302
"""

SCOPES = {
    "me GET": None,
    "schema": None,
    "docs": None,
    "export": Scope.EXPORT,
    "release_file": Scope.EXPORT,
    "release_diff_rows": Scope.EXPORT,
    "making": Scope.MANAGE,
    "articles POST": Scope.IMPORT,
    "imports POST": Scope.IMPORT,
    "import DELETE": Scope.IMPORT,
    "article PATCH": Scope.IMPORT,
    "article_sets POST": Scope.ANNOTATE,
    "operations": Scope.ANNOTATE,
    "active_time": Scope.ANNOTATE,
    "carrying POST": Scope.ANNOTATE,
    "settle": Scope.ANNOTATE,
    "take_back": Scope.ANNOTATE,
    "submit": Scope.ANNOTATE,
    "reopen": Scope.ANNOTATE,
    "next": Scope.ANNOTATE,
    "comments POST": Scope.ANNOTATE,
    "feedback POST": Scope.ANNOTATE,
    "agreement DELETE": Scope.READ,
    "article_comments POST": Scope.ANNOTATE,
    "article_comments_read": Scope.READ,
    "comments_read": Scope.READ,
    "return": Scope.REVIEW,
    "approve": Scope.REVIEW,
    "reviews POST": Scope.REVIEW,
    "accept_rest": Scope.REVIEW,
    "adjudication POST": Scope.REVIEW,
    "decisions POST": Scope.REVIEW,
    "agreements": Scope.REVIEW,
    "undo": Scope.REVIEW,
    "finish": Scope.REVIEW,
    "reopen_adjudication": Scope.REVIEW,
}
"""What a token needs; every other GET needs `read` and every other write `manage`."""

COMPARED = {
    "release_diff": "releases/1.0.0/diff/?against=1.0.0",
    "release_diff_rows": "releases/1.0.0/diff/rows/?against=1.0.0&of=spans",
}
"""Where the releases of a project are compared: there is one, so with itself."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    route: str
    method: str
    object: str
    statuses: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.object}".removesuffix(" -")

    @property
    def scope(self) -> Scope | None:
        """Return the scope that a token needs."""
        rest = Scope.READ if self.method == "GET" else Scope.MANAGE
        return SCOPES.get(f"{self.route} {self.method}", SCOPES.get(self.route, rest))


def rows(table: str) -> list[Row]:
    found = []
    for line in table.strip("\n").splitlines()[1:]:
        route, method, *object_ = line[:45].split(maxsplit=2)
        statuses = line[45:]
        given = tuple(int(each) for each in statuses.split())
        found.append(Row(route.strip(), method, " ".join(object_).strip(), given))
    return found


API_ROWS, PAGE_ROWS = rows(API), rows(PAGES)
