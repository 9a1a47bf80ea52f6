"""An organisation's own machine, as docs/operate/webhooks.md tells to build it: it verifies what comes, and answers what it is told to."""

import http.server
import pathlib
import re
import threading
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

PAGE = pathlib.Path(__file__).resolve().parents[1] / "docs/operate/webhooks.md"


def example() -> str:
    """The program on the page."""
    return re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL).group(1)  # type: ignore[union-attr]


class Taken(NamedTuple):
    identity: str
    body: bytes


class Receiver:
    """Listens on loopback. `answers` are given one a request, the last one to all that follow; `before_answer` is called with each."""

    def __init__(self, *answers: int) -> None:
        self.secret = ""
        self.answers = list(answers or (204,))
        self.headers: dict[str, str] = {}
        self.taken: list[Taken] = []
        self.forged: list[Taken] = []
        self.before_answer: Callable[[Taken], Any] = lambda _: None
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                taken = Taken(self.headers["webhook-id"], body)
                (receiver.taken if receiver.is_genuine(self.headers, body) else receiver.forged).append(taken)
                receiver.before_answer(taken)
                self.send_response(receiver.answers.pop(0) if len(receiver.answers) > 1 else receiver.answers[0])
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/kula"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """By the function of the page."""
        names: dict[str, Any] = {"__name__": "receiver"}
        exec(compile(example(), PAGE, "exec"), names)
        return names["is_genuine"](self.secret, headers, body)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
