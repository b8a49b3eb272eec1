"""A very small HTTP client for asyncio: one kept connection each, so that three hundred phones cost the machine little."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


class Unreachable(OSError):
    """No answer came: the server is down, or the connection broke. What was sent may have been written."""


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Connection:
    host: str
    port: int
    headers: dict[str, str] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answered:
        """Sends a request and reads the answer; raises `Unreachable`."""
        try:
            return await asyncio.wait_for(self._ask(method, path, body, headers), timeout=30)
        except (TimeoutError, OSError, asyncio.IncompleteReadError, ValueError) as problem:
            self.close()
            raise Unreachable(str(problem)) from problem

    async def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answered:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._streams
        said = {"Host": f"{self.host}:{self.port}", "Content-Length": str(len(body)), **self.headers, **headers}
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in said.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        await writer.drain()
        status = int((await reader.readuntil(b"\r\n")).split()[1])
        got: dict[str, str] = {}
        while line := (await reader.readuntil(b"\r\n")).strip():
            name, _, value = line.decode().partition(":")
            got[name.strip().lower()] = value.strip()
        return Answered(status, got, await self._body(reader, status, got))

    async def _body(self, reader: asyncio.StreamReader, status: int, headers: dict[str, str]) -> bytes:
        if status in (204, 304):
            return b""
        if headers.get("transfer-encoding") == "chunked":
            parts = []
            while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
                parts.append(await reader.readexactly(size))
                await reader.readexactly(2)
            await reader.readexactly(2)
            return b"".join(parts)
        return await reader.readexactly(int(headers.get("content-length", "0")))

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
