"""The floor of the label page: the same text on a page that can do nothing but put a mark in at a key."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGE = Path(__file__).with_name("bare.html")


@contextmanager
def served(texts: dict[str, str]) -> Iterator[str]:
    """Serve a page for each text at `/NAME`, and an empty one; yield the address to put a name behind."""
    pages = {f"/{name}": _page(text) for name, text in {"": "", **texts}.items()}

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages[self.path]
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing among the figures."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}/"
        listening.shutdown()


def _page(text: str) -> bytes:
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in text.split("\n") if each)
    return PAGE.read_text().replace("{paragraphs}", paragraphs).encode()
