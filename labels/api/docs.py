"""The description of the API (OpenAPI 3.1) and a page to read it on, which loads nothing from elsewhere."""

from __future__ import annotations

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.renderers import TemplateHTMLRenderer


class Schema(SpectacularAPIView):
    """`schema/`"""

    permission_classes = [AllowAny]


class Docs(SpectacularSwaggerSplitView):
    """`docs/`"""

    permission_classes = [AllowAny]
    renderer_classes = [TemplateHTMLRenderer]
    url_name = "api:schema"
    url_self = None
