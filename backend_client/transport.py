"""One client's way to its server: sessions, sizes, times and the only place that retries."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from requests.auth import AuthBase
from requests.utils import get_environ_proxies
from urllib3 import exceptions as wire

from backend_client.auth import TokenSource
from backend_client.calls import Answer, Call
from backend_client.cancel import Cancel, Cancelled
from backend_client.clock import Clock, SystemClock
from backend_client.errors import ApiError, Conflict, Rejected, ServerFault, Unreachable
from backend_client.faults import fault_of, lost, unreadable
from backend_client.settings import Exchange, Settings
from backend_client.tls import Adapter

_CHUNK = 64 * 1024
_REDIRECTS = 3
_MOVED = frozenset({301, 302, 303, 307, 308})
_SANE_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_CERTAIN = (Rejected, Conflict)  # what a keyed change is answered, also the second time
_NETWORK_FAULTS = (requests.RequestException, wire.HTTPError, HTTPException, OSError)


class Transport:
    """Sends calls to one server. May be used from several threads at once."""

    def __init__(
        self,
        url: str,
        settings: Settings,
        clock: Clock | None = None,
        tokens: TokenSource | None = None,
    ) -> None:
        self.url = _checked(url, clear_text=settings.clear_text)
        self.settings = settings
        self.clock: Clock = clock or SystemClock()
        self._tokens = tokens
        self._adapter = Adapter(settings.ca_file)
        self._session = self._new_session()

    def close(self) -> None:
        """Give the connections back; calls under way still end."""
        self._session.close()

    def signed_by(self, tokens: TokenSource) -> None:
        """Sign the calls to come with these tokens."""
        self._tokens = tokens
        self._session.auth = _Bearer(tokens)

    def send(self, call: Call) -> Answer:
        """The server's answer, complete and within its size.

        Raises one of the six ApiErrors, or Cancelled. Repeats only what is repeatable, and only
        while the server is unreachable; what a change may have done is never forgotten between
        attempts (`may_have_happened`).
        """
        request_id = uuid.uuid4().hex
        doubt = False
        attempt = 1
        while True:
            try:
                return self._signed(call, request_id)
            except ApiError as error:
                doubt = doubt or error.may_have_happened
                error.may_have_happened = doubt and not isinstance(error, _CERTAIN)
                pause = self._pause(call, error, attempt)
                if pause is None:
                    raise
            self.clock.wait(pause, call.cancel)
            attempt += 1

    @contextmanager
    def open(self, call: Call) -> Iterator[requests.Response]:
        """An answer whose body is still to come (for event streams); signed, never repeated."""
        request_id = uuid.uuid4().hex
        call = replace(call, headers=(*call.headers, ("Accept-Encoding", "identity")))
        with self._guarded(call, request_id):
            response = self._request(call, request_id, self.settings.heartbeat_timeout)
            if response.status_code == requests.codes.unauthorized and self._renewed(
                call, response
            ):
                response.close()
                response = self._request(call, request_id, self.settings.heartbeat_timeout)
            with response:
                if response.status_code != requests.codes.ok:
                    raise self._fault(call, self._whole(call, response, request_id))
                with _interruptible(response, call.cancel):
                    yield response

    def _signed(self, call: Call, request_id: str) -> Answer:
        """One attempt; a refused token is renewed once."""
        with self._guarded(call, request_id):
            response, answer = self._exchange(call, request_id)
            if answer.status == requests.codes.unauthorized and self._renewed(call, response):
                response, answer = self._exchange(call, request_id)
        fault = fault_of(answer, self.clock.now())
        if fault is not None:
            raise fault
        return answer

    def _fault(self, call: Call, answer: Answer) -> ApiError:
        fault = fault_of(answer, self.clock.now())
        return fault or unreadable(answer.trace, f"status {answer.status}", reads=call.reads)

    def _renewed(self, call: Call, response: requests.Response) -> bool:
        """Whether there is a newer token than the one that was refused. May raise SignedOut."""
        if not call.signed or self._tokens is None:
            return False
        used = response.request.headers.get("Authorization", "").removeprefix("Bearer ")
        return self._tokens.renew(used) != used

    def _exchange(self, call: Call, request_id: str) -> tuple[requests.Response, Answer]:
        """Send and read whole, following redirects of reads on the same server."""
        for _ in range(_REDIRECTS + 1):
            started = self.clock.monotonic()
            response: requests.Response | None = None
            size = 0
            try:
                response = self._request(call, request_id, self.settings.read_timeout)
                with response:
                    answer = self._whole(call, response, request_id)
                size = len(answer.body)
            finally:
                status = None if response is None else response.status_code
                self._tell(call, status, self.clock.monotonic() - started, size, request_id)
            if answer.status not in _MOVED:
                return response, answer
            call = self._moved(call, answer)
        raise unreadable(answer.trace, "redirects without end", reads=call.reads)

    def _request(self, call: Call, request_id: str, read_timeout: float) -> requests.Response:
        if call.cancel is not None:
            call.cancel.check()
        headers = {
            "Accept": call.accept,
            "X-Request-Id": request_id,
            **({"Content-Type": call.content_type} if call.body is not None else {}),
            **({"Idempotency-Key": call.key} if call.key is not None else {}),
            **dict(call.headers),
        }
        with self._adapter.ended_by(call.cancel):
            return self._session.request(
                call.method,
                self.url + call.target,
                data=call.body,
                headers=headers,
                auth=None if call.signed else _Unsigned(),
                timeout=(self.settings.connect_timeout, read_timeout),
                allow_redirects=False,
                proxies=self._proxies(),
                stream=True,
            )

    def _whole(self, call: Call, response: requests.Response, request_id: str) -> Answer:
        """Read the body, decoded, no further than the cap and no longer than the total time."""
        headers = {name.lower(): value for name, value in response.headers.items()}
        theirs = headers.get("x-request-id", "")
        known = theirs if _SANE_ID.fullmatch(theirs) else request_id
        trace = call.trace(known, response.status_code)
        cap = call.size_cap or self.settings.size_cap
        deadline = self.clock.monotonic() + self.settings.total_timeout
        parts: list[bytes] = []
        size = 0
        with _interruptible(response, call.cancel):
            for part in response.raw.stream(_CHUNK, decode_content=True):
                size += len(part)
                if size > cap:
                    raise ServerFault(
                        trace=replace(trace, cause="answer too large"),
                        retry_helps=False,
                        may_have_happened=not call.reads,
                    )
                if self.clock.monotonic() > deadline:
                    raise wire.TimeoutError("the answer takes too long")
                parts.append(part)
        body = b"".join(parts)
        return Answer(
            status=response.status_code, headers=headers, body=body, trace=trace, reads=call.reads
        )

    def _moved(self, call: Call, answer: Answer) -> Call:
        """The same read at the place the server names, if that is the same server."""
        place = self.place(answer.headers.get("location", ""), call.target)
        if not call.reads or place is None:
            raise unreadable(answer.trace, "redirected to another server", reads=call.reads)
        return replace(call, path=place, params=())

    def place(self, link: str, seen_from: str = "/") -> str | None:
        """Path and query of a link the server gave, or None where it leads to another server."""
        try:
            to = urlsplit(urljoin(self.url + seen_from, link))
            here = urlsplit(self.url)
            if origin(to) != origin(here) or not to.path.startswith(here.path + "/"):
                return None
        except ValueError:  # no address at all
            return None
        return to.path.removeprefix(here.path) + (f"?{to.query}" if to.query else "")

    def _pause(self, call: Call, error: ApiError, attempt: int) -> float | None:
        """Seconds to the next attempt (full jitter), or None where there is none."""
        retry = self.settings.retry
        again = isinstance(error, Unreachable) and error.retry_helps and call.repeatable
        if not again or attempt >= retry.attempts:
            return None
        most = min(retry.longest, retry.base * 2.0 ** (attempt - 1))
        pause = self.clock.chance() * most
        if error.retry_at is None:
            return pause
        asked = (error.retry_at - self.clock.now()).total_seconds()
        return None if asked > retry.longest_asked else asked + pause

    @contextmanager
    def _guarded(self, call: Call, request_id: str) -> Iterator[None]:
        """Whatever the network libraries raise inside becomes an ApiError, or Cancelled."""
        try:
            yield
        except (ApiError, ValueError, AttributeError, *_NETWORK_FAULTS) as error:
            if call.cancel is not None and call.cancel.cancelled:
                raise Cancelled from None  # a connection shut under its reader says many things
            if isinstance(error, _NETWORK_FAULTS):
                raise lost(error, call.trace(request_id), reads=call.reads) from error
            raise

    def _tell(
        self, call: Call, status: int | None, seconds: float, size: int, request_id: str
    ) -> None:
        if self.settings.on_exchange is not None:
            route = call.route or call.path
            self.settings.on_exchange(
                Exchange(call.method, route, status, seconds, size, request_id)
            )

    def _proxies(self) -> dict[str, str]:
        if self.settings.proxies is not None:
            return dict(self.settings.proxies)
        return dict(get_environ_proxies(self.url, no_proxy=None))

    def _new_session(self) -> requests.Session:
        session = _Session()
        session.trust_env = False  # .netrc and certificate lists of the environment stay out
        session.auth = _Bearer(self._tokens) if self._tokens else _Unsigned()
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        session.headers.update(
            {
                "User-Agent": self.settings.agent,
                "Accept-Language": self.settings.language,
                "Accept-Encoding": "gzip, deflate",
            }
        )
        session.mount("https://", self._adapter)
        session.mount("http://", self._adapter)
        return session


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002 - the name is requests'
        """None: asked even when redirects are off, requests would read a redirect's body whole."""
        return None


class _Bearer(AuthBase):
    """Signs a request; being the session's `auth`, it is never overruled by a .netrc entry."""

    def __init__(self, tokens: TokenSource) -> None:
        self._tokens = tokens

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._tokens.token()}"
        return request


class _Unsigned(AuthBase):
    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


@contextmanager
def _interruptible(response: requests.Response, cancel: Cancel | None) -> Iterator[None]:
    """A reader blocked in this body wakes when the call is cancelled."""
    if cancel is None:
        yield
        return

    def interrupt() -> None:
        with suppress(ValueError, RuntimeError, OSError):  # read to its end already
            response.raw.shutdown()

    with cancel.watched_by(interrupt):
        yield
    cancel.check()


def origin(parts: SplitResult) -> tuple[str, str, int]:
    """Scheme, host and port: what may be sent a token."""
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or (443 if scheme == "https" else 80)


def _checked(url: str, *, clear_text: bool) -> str:
    """The server's address without a slash at its end. ValueError where it cannot be one."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("a server's address looks like https://host")
    if parts.username is not None:
        raise ValueError("a server's address holds no user name")
    if parts.scheme == "http" and not clear_text and not _is_here(parts.hostname):
        raise ValueError("http is for this machine only; use https")
    return url.rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
