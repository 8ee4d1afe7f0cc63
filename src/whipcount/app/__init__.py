"""The review page: a local web page on which a person reads, corrects, and sees the count move.

`application(review(path, access))` is an ASGI application; `serve` runs it. `docs/review.md` says
what each room is for, and how it is kept safe. Needs the extra `review` (Starlette, uvicorn).
"""
