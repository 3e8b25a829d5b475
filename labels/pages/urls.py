"""Every page, read as a site map. Each says whether it is open to anybody or to people who are signed in."""

from __future__ import annotations

from django.urls import include, path

from .adjudication import adjudication_page, adjudications
from .agreement import agreement
from .article import article
from .conversation import conversations
from .diff import release_diff, release_diff_rows
from .door import anybody, signed_in
from .edition import versions_page
from .export import export
from .feedback import feedback_page
from .health import health
from .home import home
from .imports import imports
from .label import label
from .mark import agreement_marks
from .me import me
from .migration import migration_page, migrations
from .pace import pace_page, pace_sets
from .pairing import agreement_spans
from .people import people
from .project import project, project_new
from .qualification import qualification_page
from .release import making_page, release, releases
from .review import review
from .scheme import scheme
from .session import sign_in, sign_in_link, sign_out
from .settings import settings
from .together import agreement_units
from .token import tokens

app_name = "pages"

# projects/<slug>/
of_project = [
    path("", signed_in(project), name="project"),
    path("import/", signed_in(imports), name="import"),
    path("people/", signed_in(people), name="people"),
    path("scheme/", signed_in(scheme), name="scheme"),
    path("scheme/migrations/", signed_in(migrations), name="migrations"),
    path("scheme/migrations/<uuid:uuid>/", signed_in(migration_page), name="migration"),
    path("adjudication/", signed_in(adjudications), name="adjudications"),
    path("feedback/", signed_in(feedback_page), name="feedback"),
    path("qualification/", signed_in(qualification_page), name="qualification"),
    path("agreement/", signed_in(agreement), name="agreement"),
    path("agreement/spans/", signed_in(agreement_spans), name="agreement_spans"),
    path("agreement/units/", signed_in(agreement_units), name="agreement_units"),
    path("agreement/marks/", signed_in(agreement_marks), name="agreement_marks"),
    path("progress/", signed_in(pace_page), name="pace"),
    path("progress/sets/", signed_in(pace_sets), name="pace_sets"),
    path("export/", signed_in(export), name="export"),
    path("releases/", signed_in(releases), name="releases"),
    path("releases/making/<uuid:uuid>/", signed_in(making_page), name="making"),
    path("releases/<str:version>/", signed_in(release), name="release"),
    path("releases/<str:version>/diff/", signed_in(release_diff), name="release_diff"),
    path(
        "releases/<str:version>/diff/rows/", signed_in(release_diff_rows), name="release_diff_rows"
    ),
    path("settings/", signed_in(settings), name="settings"),
]

# articles/<id>/
of_article = [
    path("", signed_in(article), name="article"),
    path("versions/", signed_in(versions_page), name="versions"),
    path("label/", signed_in(label), name="label"),
    path("adjudication/", signed_in(adjudication_page), name="adjudication"),
]

urlpatterns = [
    path("", signed_in(home), name="home"),
    path("health/", anybody(health), name="health"),
    path("sign-in/", anybody(sign_in), name="sign_in"),
    path("sign-in/<str:token>/", anybody(sign_in_link), name="sign_in_link"),
    path("sign-out/", anybody(sign_out), name="sign_out"),
    path("me/", signed_in(me), name="me"),
    path("conversations/", signed_in(conversations), name="conversations"),
    path("me/tokens/", signed_in(tokens), name="tokens"),
    path("projects/new/", signed_in(project_new), name="project_new"),
    path("projects/<slug:slug>/", include(of_project)),
    path("articles/<uuid:uuid>/", include(of_article)),
    path("annotation-sets/<uuid:uuid>/review/", signed_in(review), name="review"),
]
