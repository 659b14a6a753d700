"""Debian's Firefox, driven by its own protocol: Marionette, which needs no driver and no package. Only what the tests use.

A message is its length in bytes, a colon, and JSON: `[0, id, command, parameters]` there, `[1, id, error, result]` back.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key under which W3C WebDriver names an element
OPTIONS = ("--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--width=1300", "--height=900")
CONSOLE = """return Services.console.getMessageArray().filter((one) => one instanceof Ci.nsIScriptError)
    .map((one) => `${one.sourceName} ${one.errorMessage}`)"""


def found() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One window."""

    def __init__(self, connection: socket.socket, stream: BinaryIO) -> None:
        self._socket = connection
        self._stream = stream
        self._number = 0
        self._read()
        self("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": False}})
        self("WebDriver:SetTimeouts", implicit=0, script=20_000, pageLoad=30_000)

    def __call__(self, command: str, **parameters: Any) -> Any:
        """The answer's value; a RuntimeError with what Firefox says is wrong."""
        self._number += 1
        text = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return result.get("value") if isinstance(result, dict) and "value" in result else result

    def _read(self) -> Any:
        length = b""
        while (one := self._stream.read(1)) != b":":
            length += one
        return json.loads(self._stream.read(int(length)))

    def open(self, address: str) -> None:
        self("WebDriver:Navigate", url=address)

    def run(self, script: str, *arguments: Any) -> Any:
        return self("WebDriver:ExecuteScript", script=script, args=list(arguments))

    def all(self, selector: str) -> list[str]:
        elements = self("WebDriver:FindElements", using="css selector", value=selector)
        return [one[ELEMENT] for one in elements]

    def click(self, selector: str, n: int = 0) -> None:
        self("WebDriver:ElementClick", id=self.all(selector)[n])

    def type(self, selector: str, text: str) -> None:
        self("WebDriver:ElementSendKeys", id=self.all(selector)[0], text=text)

    def text(self, selector: str) -> str:
        return self.texts(selector)[0]

    def texts(self, selector: str) -> list[str]:
        return [str(self("WebDriver:GetElementText", id=one)) for one in self.all(selector)]

    def until(self, selector: str, seconds: float = 20) -> None:
        """Waits for an element."""
        end = time.monotonic() + seconds
        while not self.all(selector):
            assert time.monotonic() < end, f"no {selector}"
            time.sleep(0.05)

    def mistakes(self, page: str) -> list[str]:
        """What the console says of this page: errors, and what its policy stopped."""
        self("Marionette:SetContext", value="chrome")
        said = self.run(CONSOLE)
        self("Marionette:SetContext", value="content")
        return [one for one in said if one.startswith(page)]


@contextmanager
def firefox(binary: str, profile: Path) -> Iterator[Firefox]:
    """A fresh one without a window; every request that leaves the machine goes to a closed port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (profile / "user.js").write_text(
        "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _preferences(port).items())
    )
    process = subprocess.Popen(
        [binary, *OPTIONS, "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"HOME": str(profile), "PATH": "/usr/bin:/bin"},
    )
    try:
        with closing(_connected(port)) as connection, connection.makefile("rb") as stream:
            yield Firefox(connection, stream)
    finally:
        process.terminate()
        process.wait(20)


def _preferences(port: int) -> dict[str, Any]:
    nowhere = {f"network.proxy.{kind}": "127.0.0.1" for kind in ("http", "ssl")}
    return {
        "marionette.port": port,
        "network.proxy.type": 1,
        **nowhere,
        **{f"{name}_port": 9 for name in nowhere},
        "network.dns.disabled": True,
        "app.update.enabled": False,
        "browser.shell.checkDefaultBrowser": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "toolkit.telemetry.enabled": False,
        "intl.accept_languages": "en",
    }


def _connected(port: int, seconds: float = 40) -> socket.socket:
    end = time.monotonic() + seconds
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            assert time.monotonic() < end, "Firefox does not answer"
            time.sleep(0.2)
