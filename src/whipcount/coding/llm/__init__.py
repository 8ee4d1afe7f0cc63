"""The llm coder: codings asked of a language model that a user names, each checked in the text."""

from whipcount.coding.llm.coder import LlmCoder
from whipcount.coding.llm.endpoint import Endpoint
from whipcount.coding.llm.prompt import Request, requests_of

__all__ = ["Endpoint", "LlmCoder", "Request", "requests_of"]
