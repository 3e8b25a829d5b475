"""Galley's API from Python: bring articles in, label them, get the data set out.

    galley = Galley("http://127.0.0.1:8000", token="…")
    for line in galley.project("news").export(state="approved"):
        ...

Offsets are Unicode code points, half-open: `text[start:end]`.
"""

from .client import Galley
from .docs import Docs, Misfit
from .problems import RefusalError, StaleError
from .project import Project
from .sets import AnnotationSet
from .shapes import Article, Fragment, Import, Line, Relation, Span

__all__ = [
    "AnnotationSet",
    "Article",
    "Docs",
    "Fragment",
    "Galley",
    "Import",
    "Line",
    "Misfit",
    "Project",
    "RefusalError",
    "Relation",
    "Span",
    "StaleError",
]
