"""Every address of the API, read as a site map."""

from __future__ import annotations

from django.urls import include, path, re_path

from . import (
    activity,
    adjudication,
    agreement,
    annotation,
    article,
    assignment,
    diff,
    docs,
    edition,
    export,
    feedback,
    imports,
    look,
    membership,
    migration,
    problems,
    progress,
    project,
    qualification,
    release,
    review,
    token,
)

app_name = "api"

# projects/<slug>/
of_project = [
    path("", project.Project.as_view(), name="project"),
    path("scheme/", project.Scheme.as_view(), name="scheme"),
    path("scheme/migrations/", migration.Migrations.as_view(), name="migrations"),
    path("scheme/migrations/<uuid:uuid>/", migration.Migration.as_view(), name="migration"),
    path("articles/", article.Articles.as_view(), name="articles"),
    path("imports/", imports.Imports.as_view(), name="imports"),
    path("imports/<uuid:uuid>/", imports.Import.as_view(), name="import"),
    path("export/", export.Export.as_view(), name="export"),
    path("disagreements/", adjudication.Disagreements.as_view(), name="disagreements"),
    path("feedback/", feedback.Feedback.as_view(), name="feedback"),
    path("feedback/summary/", feedback.FeedbackSummary.as_view(), name="feedback_summary"),
    path("members/", membership.Members.as_view(), name="members"),
    path("assignments/", assignment.Assignments.as_view(), name="assignments"),
    path("releases/", release.Releases.as_view(), name="releases"),
    path("releases/making/<uuid:uuid>/", release.Making.as_view(), name="making"),
    path("releases/<str:version>/", release.Release.as_view(), name="release"),
    path("releases/<str:version>/diff/", diff.ReleaseDiff.as_view(), name="release_diff"),
    path(
        "releases/<str:version>/diff/rows/",
        diff.ReleaseDiffRows.as_view(),
        name="release_diff_rows",
    ),
    path("releases/<str:version>/<str:file>", release.ReleaseFile.as_view(), name="release_file"),
    path("agreement/", agreement.Agreement.as_view(), name="agreement"),
    path("agreement/self/", look.SelfAgreement.as_view(), name="self_agreement"),
    path("looks/", look.Looks.as_view(), name="looks"),
    path("qualification/", qualification.Qualification.as_view(), name="qualification"),
    path("qualification/passes/", qualification.Passes.as_view(), name="passes"),
    path("progress/", progress.Progress.as_view(), name="progress"),
    path("changes/", progress.Changes.as_view(), name="changes"),
    path("next/", progress.Next.as_view(), name="next"),
]

# articles/<id>/
of_article = [
    path("", article.Article.as_view(), name="article"),
    path("annotation-sets/", annotation.ArticleSets.as_view(), name="article_sets"),
    path("versions/", edition.Versions.as_view(), name="versions"),
    path("comments/", review.ArticleComments.as_view(), name="article_comments"),
    path("comments/read/", review.ArticleCommentsRead.as_view(), name="article_comments_read"),
    path("adjudication/", adjudication.Adjudication.as_view(), name="adjudication"),
    path("adjudication/decisions/", adjudication.Decisions.as_view(), name="decisions"),
    path("adjudication/agreements/", adjudication.Agreements.as_view(), name="agreements"),
    path("adjudication/undo/", adjudication.Undo.as_view(), name="undo"),
    path("adjudication/finish/", adjudication.Finish.as_view(), name="finish"),
    path(
        "adjudication/reopen/",
        adjudication.ReopenAdjudication.as_view(),
        name="reopen_adjudication",
    ),
]

# annotation-sets/<id>/
of_set = [
    path("", annotation.Set.as_view(), name="annotation_set"),
    path("active-time/", activity.ActiveTime.as_view(), name="active_time"),
    path("carrying/<uuid:article>/", edition.Carrying.as_view(), name="carrying"),
    path("carrying/<uuid:article>/settle/", edition.Settle.as_view(), name="settle"),
    path("carrying/<uuid:article>/undo/", edition.TakeBack.as_view(), name="take_back"),
    path("operations/", annotation.Operations.as_view(), name="operations"),
    path("submit/", annotation.Submit.as_view(), name="submit"),
    path("reopen/", annotation.Reopen.as_view(), name="reopen"),
    path("return/", annotation.Return.as_view(), name="return"),
    path("approve/", annotation.Approve.as_view(), name="approve"),
    path("revisions/", annotation.Revisions.as_view(), name="revisions"),
    path("reviews/", review.Reviews.as_view(), name="reviews"),
    path("reviews/accept-rest/", review.AcceptRest.as_view(), name="accept_rest"),
    path("comments/", review.Comments.as_view(), name="comments"),
    path("comments/read/", review.CommentsRead.as_view(), name="comments_read"),
]

urlpatterns = [
    path("me/", token.Me.as_view(), name="me"),
    path("tokens/", token.Tokens.as_view(), name="tokens"),
    path("projects/", project.Projects.as_view(), name="projects"),
    path("projects/<slug:slug>/", include(of_project)),
    path("articles/<uuid:uuid>/", include(of_article)),
    path("annotation-sets/<uuid:uuid>/", include(of_set)),
    path("schema/", docs.Schema.as_view(), name="schema"),
    path("docs/", docs.docs, name="docs"),
    re_path(r"^(?P<path>.*)$", problems.not_found),
]
