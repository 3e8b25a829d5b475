"""Every address of Galley: the API, the pages, and what answers when neither does."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("labels.api.urls")),
    path("", include("labels.pages.urls")),
]

handler400 = "annotator.fallback.bad_request"
handler403 = "labels.pages.problems.forbidden"
handler404 = "labels.pages.problems.not_found"
handler500 = "annotator.fallback.broken"
