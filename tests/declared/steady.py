"""Makes Python's clock stand still and its chance repeat itself: import it before anything else.

moto puts times and ids of its own into what it answers. With these the same requests get the same
answers in every run, and a golden file can hold them as they are.
"""

import datetime
import os
import random
import time

NOW = datetime.datetime(2026, 6, 1, 12, 0, 0, tzinfo=datetime.timezone.utc)
_chance = random.Random()
_real_datetime = datetime.datetime
_real_date = datetime.date


class _Datetimes(type):
    """Times made by libraries in C are of the real class, and must pass for ours."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, _real_datetime)

    def __subclasscheck__(cls, other: type) -> bool:
        return issubclass(other, _real_datetime)


class _Dates(type):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, _real_date)

    def __subclasscheck__(cls, other: type) -> bool:
        return issubclass(other, _real_date)


class SteadyDatetime(_real_datetime, metaclass=_Datetimes):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
        return cls.fromtimestamp(NOW.timestamp(), tz)

    @classmethod
    def utcnow(cls) -> datetime.datetime:
        return cls.fromtimestamp(NOW.timestamp(), datetime.timezone.utc).replace(tzinfo=None)

    @classmethod
    def today(cls) -> datetime.datetime:
        return cls.now()


class SteadyDate(_real_date, metaclass=_Dates):
    @classmethod
    def today(cls) -> datetime.date:
        return cls(NOW.year, NOW.month, NOW.day)


def _stop_clock() -> None:
    datetime.datetime = SteadyDatetime
    datetime.date = SteadyDate
    seconds = NOW.timestamp()
    time.time = lambda: seconds
    time.time_ns = lambda: int(seconds) * 1_000_000_000
    # These ask the system themselves when they are given no time.
    for name in ("gmtime", "localtime"):
        real = getattr(time, name)
        setattr(time, name, lambda given=None, real=real: real(seconds if given is None else given))
    real_strftime = time.strftime
    time.strftime = lambda form, given=None: real_strftime(form, given or time.gmtime())


def start_over() -> None:
    """From here on chance takes the same course as after any other call."""
    _chance.seed(2026)
    random.seed(2026)


os.environ["TZ"] = "UTC"
time.tzset()
_stop_clock()
# `uuid` and `secrets` draw from it.
os.urandom = lambda size: _chance.randbytes(size)
start_over()
