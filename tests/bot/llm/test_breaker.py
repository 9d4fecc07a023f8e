from bot.llm.breaker import Breaker


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def test_a_service_is_left_alone_after_failures_in_a_row():
    clock = Clock()
    breaker = Breaker(failures=3, rest=30, clock=clock)
    for _ in range(2):
        breaker.note(worked=False)
    assert breaker.allows()
    breaker.note(worked=False)
    assert not breaker.allows()


def test_a_success_between_failures_counts_them_anew():
    breaker = Breaker(failures=2, rest=30, clock=Clock())
    for worked in (False, True, False):
        breaker.note(worked)
    assert breaker.allows()


def test_one_call_tries_it_after_the_rest_and_its_success_closes_it():
    clock = Clock()
    breaker = Breaker(failures=1, rest=30, clock=clock)
    breaker.note(worked=False)
    clock.now = 31
    assert breaker.allows()
    assert not breaker.allows()  # the others wait for what becomes of it
    breaker.note(worked=True)
    assert breaker.allows()


def test_a_failed_try_begins_a_new_rest():
    clock = Clock()
    breaker = Breaker(failures=1, rest=30, clock=clock)
    breaker.note(worked=False)
    clock.now = 31
    assert breaker.allows()
    breaker.note(worked=False)
    clock.now = 60
    assert not breaker.allows()
    clock.now = 62
    assert breaker.allows()
