"""Every address of Galley."""

from __future__ import annotations

urlpatterns: list[object] = []
