"""An OpenAI-compatible endpoint: what is sent, when it is tried again, and what it costs.

`POST …/chat/completions` as the OpenAI API reference has it, which Ollama, llama.cpp, vLLM and
others speak. Structured output is asked for by a JSON schema; an endpoint that knows none is asked
for JSON, then for nothing but the words.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from whipcount.coding.llm.cache import Cache
from whipcount.coding.llm.prompt import CHARACTERS_A_TOKEN, VERSION
from whipcount.errors import ModelError, WhipcountError

if TYPE_CHECKING:
    import httpx

KEYS = ("WHIPCOUNT_LLM_KEY", "OPENAI_API_KEY")
"""Environment variables in which an endpoint's key is looked for, in this order."""

TRIES = 4
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""How often a request is tried, and the seconds between: doubled each time, or as told."""

AGAIN = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
"""HTTP status codes after which a request may go through."""

ANSWER = 2048
"""Tokens of an answer at most."""


class EndpointError(WhipcountError):
    """Raised when an endpoint gives no answer that can be used; the message says what to do."""


class CutShortError(EndpointError):
    """Raised when an answer ends before its time, so that less should be asked at once."""


@dataclass
class Endpoint:
    """An endpoint with its model; counts the tokens that it `spent`.

    `budget` is how many tokens may be spent, None without a limit. `key` is sent and nowhere
    written. `pause` waits for some seconds.
    """

    url: str
    model: str
    key: str = field(default_factory=lambda: key_of(os.environ), repr=False)
    timeout: float = 120.0
    budget: int | None = None
    cache: Cache = field(default_factory=Cache)
    pause: Callable[[float], None] = field(default=time.sleep, repr=False)
    spent: int = 0
    asked: int = 0
    _formats: list[str] = field(default_factory=lambda: ["json_schema", "json_object", ""])
    _down: bool = False

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise ModelError(
                f"--endpoint {self.url!r}: is no address; write it like http://localhost:11434/v1"
            )
        if not self.model:
            raise ModelError("--model: name the model that the endpoint should use")
        try:
            import httpx  # noqa: F401, PLC0415
        except ImportError:
            raise ModelError(
                "--coder llm needs more packages: pip install 'whipcount[llm]'"
            ) from None

    def answer(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """Return the model's words.

        Raises EndpointError where there is no answer, CutShortError where it is cut short.
        """
        key = {
            "url": self.url,
            "model": self.model,
            "messages": list(messages),
            "schema": schema,
            "prompt": VERSION,
        }
        kept = self.cache.get(key)
        if kept is not None:
            return kept
        self._afford(messages)
        words = self._words(self._sent(messages, schema))
        self.cache.put(key, words)
        return words

    def _afford(self, messages: Sequence[Mapping[str, str]]) -> None:
        if self.budget is None:
            return
        asked = round(sum(len(one["content"]) for one in messages) / CHARACTERS_A_TOKEN)
        if self.spent + asked > self.budget:
            raise EndpointError(
                f"the budget of {self.budget} tokens is used up ({self.spent} spent, about {asked} "
                "more asked for); what was answered is kept: raise --budget to go on"
            )

    def _sent(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the endpoint's answer to a request, tried again where that may help."""
        while True:
            response = self._posted(self._body(messages, schema))
            refused = response.status_code in (400, 422) and len(self._formats) > 1
            if refused and "response_format" in response.text:
                self._formats.pop(0)  # it doesn't know this kind of structured output
                continue
            break
        if response.status_code in (401, 403):
            raise EndpointError(
                f"{self.url} refuses the key (HTTP {response.status_code}); put the right one into "
                f"the environment variable {KEYS[0]}"
            )
        if response.status_code == 404:
            raise EndpointError(
                f"{self.url} knows no model {self.model!r}, or is not the address of an "
                "OpenAI-compatible API (HTTP 404); it often ends with /v1"
            )
        if not response.is_success:
            raise EndpointError(f"{self.url} answers with HTTP {response.status_code}")
        try:
            found = response.json()
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise EndpointError(f"{self.url} answers with something other than JSON")
        return found

    def _body(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]
    ) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": list(messages),
            "temperature": 0,
            "seed": 0,
            "max_tokens": ANSWER,
        }
        if self._formats[0] == "json_schema":
            named = {"name": "codings", "strict": True, "schema": schema}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        elif self._formats[0]:
            body["response_format"] = {"type": self._formats[0]}
        return body

    def _posted(self, body: dict[str, Any]) -> httpx.Response:
        """Return the response to a body; EndpointError where none comes."""
        import httpx  # noqa: PLC0415

        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        address = f"{self.url.rstrip('/')}/chat/completions"
        tries = 1 if self._down else TRIES
        trouble = ""
        for number in range(tries):
            wait = min(FIRST_PAUSE * 2**number, LONGEST_PAUSE)
            self.asked += 1
            try:
                response = httpx.post(address, json=body, headers=headers, timeout=self.timeout)
            except httpx.TimeoutException:
                trouble = f"gives no answer within {self.timeout:.0f} seconds"
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                trouble = f"can't be reached ({type(error).__name__})"
            else:
                if response.status_code not in AGAIN:
                    self._down = False
                    return response
                trouble = f"answers with HTTP {response.status_code}"
                wait = _told(response.headers.get("retry-after"), wait)
            if number + 1 < tries:
                self.pause(wait)
        self._down = True  # the next articles try once, until it answers again
        raise EndpointError(
            f"{self.url} {trouble}, tried {tries} times; is it running, and is the address right?"
        )

    def _words(self, found: Mapping[str, Any]) -> str:
        """Return the words of a completion, and count what it cost."""
        usage = found.get("usage")
        if isinstance(usage, dict) and isinstance(usage.get("total_tokens"), int):
            self.spent += usage["total_tokens"]
        try:
            choice = found["choices"][0]
            words = choice["message"]["content"]
        except (KeyError, IndexError, TypeError):
            raise EndpointError(f"{self.url} answers without a choice or a message") from None
        if choice.get("finish_reason") == "length":
            raise CutShortError(f"{self.url} cuts its answer short")
        if not isinstance(words, str):
            raise EndpointError(f"{self.url} answers with an empty message")
        return words


def key_of(environment: Mapping[str, str]) -> str:
    """Return the endpoint's key of an environment; empty where there is none."""
    return next((environment[name] for name in KEYS if environment.get(name)), "")


def _told(header: str | None, otherwise: float) -> float:
    """Return how long an endpoint asks to wait, in seconds."""
    try:
        return min(max(float(header or ""), 0.0), LONGEST_PAUSE)
    except ValueError:
        return otherwise


def parsed(words: str) -> Any:
    """Return the JSON of an answer, whether or not it stands between fences or other words.

    Raises EndpointError where there is none.
    """
    start = words.find("{")
    if start >= 0:
        try:
            return json.JSONDecoder().raw_decode(words, start)[0]
        except ValueError:
            pass
    raise EndpointError(f"the model answers without JSON: {words.strip()[:60]!r}")
