from made import case

from eval.benchmark import _WARM, OURS, interleaved, show, spread


def test_sides_take_turns_and_warm_up():
    asked = []
    sides = {"a": lambda c: asked.append(("a", c.id)), "b": lambda c: asked.append(("b", c.id))}
    cases = [case(id=str(i)) for i in range(_WARM + 3)]
    taken = interleaved(sides, cases)
    assert asked[:4] == [("a", "0"), ("b", "0"), ("b", "1"), ("a", "1")]
    assert [len(times) for times in taken.values()] == [3, 3]


def test_spread():
    assert spread([float(i) for i in range(101)]) == (50.0, 95.0)


def test_the_ratio_is_to_the_faster_side(capsys):
    show({OURS: [5.0] * 9, "x": [20.0] * 9, "y": [10.0] * 9}, [1.0, 3.0, 2.0])
    said = capsys.readouterr().out
    assert said.splitlines()[-2].split()[-2:] == ["0.50", "0.50"]
    assert said.splitlines()[-1].split()[-2:] == ["2.0", "3.0"]
