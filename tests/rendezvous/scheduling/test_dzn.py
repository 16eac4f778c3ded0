import pytest

from rendezvous.scheduling.dzn import read_dzn
from rendezvous.scheduling.refusals import Fault, RefusedError
from rendezvous.scheduling.requested import Request, RequestedMeetings

TEXT = """nBusiness = 3;
nMeetings = 2;
nTables = 2;
nTotalSlots = 4;
nMorningSlots = 2;

requested = [|1, 2,1,
|1, 3,3,
|];

forbidden = [{0},
{0,3},
{0}];

fixed = [0,4];
precedences = [{},{}];
"""


def test_an_instance_is_read_with_its_sessions_and_fixed_slots():
    assert read_dzn(TEXT) == RequestedMeetings(
        slots=4,
        tables=2,
        requests=(
            Request(("1", "2"), frozenset({1, 2})),
            Request(("1", "3"), frozenset({4})),
        ),
        away={"2": frozenset({3})},
    )


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (("nTables = 2;", ""), [(1, "nTables", Fault.MISSING)]),
        (("nTables = 2;", "nTables = x;"), [(3, "nTables", Fault.NOT_WHOLE)]),
        (("nTables = 2;", "nTables = ٢;"), [(3, "nTables", Fault.NOT_WHOLE)]),
        (("nTables = 2;", "nTables = 2; y = 1;"), [(3, "y", Fault.UNKNOWN_KEY)]),
        (("|1, 3,3,", "|1, 9,3,"), [(9, "requested", Fault.OUT_OF_RANGE)]),
        (("|1, 3,3,", "|1, 3,4,"), [(9, "requested", Fault.OUT_OF_RANGE)]),
        (("|1, 3,3,", ""), [(7, "requested", Fault.OUT_OF_RANGE)]),
        (("{0,3},", ""), [(11, "forbidden", Fault.OUT_OF_RANGE)]),
        (("[0,4]", "[0,5]"), [(15, "fixed", Fault.OUT_OF_RANGE)]),
        (("[{},{}]", "[{2},{}]"), [(16, "precedences", Fault.OUT_OF_RANGE)]),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(change, refused):
    with pytest.raises(RefusedError) as caught:
        read_dzn(TEXT.replace(*change))

    assert [
        (one.line, one.column, one.fault) for one in caught.value.refusals
    ] == refused


def test_a_text_that_is_no_instance_is_refused():
    with pytest.raises(RefusedError) as caught:
        read_dzn("\0{")

    assert len(caught.value.refusals) == 7
