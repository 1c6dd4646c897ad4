"""The time at which moto takes a request to be made: see `set_clock_by_requests` in serve.py."""


def at(client, time: str):
    """The client, whose requests are made at this time from now on."""

    def tell(params: dict, **_: object) -> None:
        params["headers"]["X-Moto-Now"] = client._launchgate_now

    known = hasattr(client, "_launchgate_now")
    client._launchgate_now = time
    if not known:
        client.meta.events.register("before-call", tell)
    return client
