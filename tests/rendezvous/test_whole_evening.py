"""A whole evening, in real browsers, before real workers that are killed meanwhile.

A catalyst, the screen of the room and phones play four rounds of fourteen people, with
whoever is absent, leaves, loses a connection or presses twice. At the end, what the base
and the report say is what was played.
"""

import pytest
from django.utils import timezone

from alliances.models import Introduction
from jobs.models import Job
from jobs.services import enqueue
from notifications.models import Delivery
from rendezvous.models import Commitment, Signature
from rendezvous.selectors.live import live_of
from rendezvous.services.computing import SCHEDULE_JOB
from rendezvous.services.replanning import REPLANNING_JOB, TELLING_JOB
from tests.jobs.test_chaos import eventually
from tests.rendezvous.evening_afterwards import (
    ONCE,
    figures_on,
    two_go_on_and_sign,
)
from tests.rendezvous.evening_plot import (
    SIDE,
    WALL,
    answers,
    cast_of,
    evening_of,
    job_of,
    left_over,
    letters_in_the_log,
    person,
    presences,
    remembered,
    table_to_lose,
    told,
    until_round,
    versions,
)
from tests.rendezvous.evening_room import (
    press,
    the_door_is_held,
    two_leave_and_a_table_is_lost,
)
from tests.rendezvous.evening_screens import (
    Screens,
    followed,
    own_programme,
    pairs_in,
    plain,
    sent_twice,
    soon,
)
from tests.rendezvous.evening_site import (
    PATIENCE_SECONDS,
    redis_url,
    site,
    use_broker,
)
from tests.rendezvous.test_live_browser import screens

__all__ = ["redis_url", "screens", "site", "use_broker"]

pytestmark = [
    pytest.mark.needs_browser,
    pytest.mark.needs_redis,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def evening(site, screens, live_server, settings):
    settings.SITE_URL = live_server.url  # where the codes of phones lead
    return evening_of(site(), screens)


def test_an_evening_is_played_and_nothing_is_lost(evening):
    the_programme_is_computed_and_published(evening)
    the_door_is_held(evening)
    the_first_round_begins(evening)
    a_phone_loses_its_connection_while_rounds_change(evening)
    two_leave_and_a_table_is_lost(evening)
    before, lost = followed(evening.session), table_to_lose(evening)
    another_programme_is_computed_and_applied(evening)
    the_past_is_kept_and_everybody_concerned_is_told(evening, before=before, lost=lost)
    the_last_rounds_are_played(evening)
    two_go_on_and_sign(evening)
    nothing_is_lost(evening)


def the_programme_is_computed_and_published(evening):
    """A worker is killed before the commit; the other leaves one version, told once."""
    evening.site.close("schedule")
    host = evening.as_host("programmes/")
    button = host.get_by_role("button", name="Calculer un programme")
    assert sent_twice(button) == ONCE
    host.reload()
    evening.site.kill_at("schedule")
    host.get_by_role("link", name="Voir le programme").click()
    host.get_by_role("link", name="n° 1").click()
    host.get_by_role("button", name="Publier ce programme").click()
    host.get_by_text("Le programme est publié").wait_for()

    assert versions(evening) == [(1, "published")]
    assert job_of(SCHEDULE_JOB).attempts > 1
    assert told(evening, "session_programme") == dict.fromkeys(evening.members, 1)
    evening.cast = cast_of(evening.session)
    room = evening.as_host("direct/salle/", WALL)
    names = frozenset(evening.members)
    evening.screens = Screens(evening.session, names, host, room)


def the_first_round_begins(evening):
    """The host starts the clock, twice at once; everybody sits down."""
    screens, cast = evening.screens, evening.cast
    screens.host.goto(screens.room.url.removesuffix("salle/"))
    for name in (cast.one, cast.other, cast.alone, cast.leaver):
        screens.phones[name] = evening.phone_of(name)
    screens.say("Avant le premier tour")
    begin = screens.host.get_by_role("button", name="Commencer le premier tour")
    assert sent_twice(begin) == ONCE
    evening.play(1)
    assert live_of(evening.session).revision == 1


def a_phone_loses_its_connection_while_rounds_change(evening):
    """It keeps its programme, even opened again; two tabs of hosts begin one round."""
    screens, name = evening.screens, evening.cast.one
    phone = screens.phones[name]
    phone.get_by_text("se lit aussi sans réseau").wait_for()
    phone.context.set_offline(True)
    phone.locator("[data-live-trouble]").wait_for()
    press(screens.host, "Finir le tour 1 maintenant")
    screens.say("Changement de table", without=name)
    other_tab = evening.as_host("direct/")
    other_tab.locator("[data-live]").evaluate(
        "root => { root.dataset.liveRefetch = '' }"
    )
    press(screens.host, "Commencer le tour 2 maintenant")
    evening.play(2, without=name)
    press(other_tab, "Commencer le tour 2 maintenant")
    other_tab.get_by_text("rien n’a été fait deux fois").wait_for()

    expected = screens.written(followed(evening.session), name)
    assert own_programme(phone) == expected
    phone.reload()
    soon(phone, own_programme, expected)
    phone.context.set_offline(False)
    screens.agree(2)
    assert live_of(evening.session).revision == 3


def another_programme_is_computed_and_applied(evening):
    """A worker is killed as it computes, another as it tells; two clicks apply it once."""
    door, site = evening.door, evening.site
    site.close("replanning")
    press(door, "Proposer un nouveau programme")
    site.kill_at("replanning")
    door.get_by_role("link", name="Voir ce qui change").click()
    door.get_by_role("button", name="Appliquer ce programme").wait_for()
    evening.preview = plain(door.locator("main").inner_text())
    for phone in evening.screens.phones.values():
        phone.locator("[data-live]").evaluate("root => { root.dataset.liveSpread = 0 }")
    site.close("telling")
    assert sent_twice(door.get_by_role("button", name="Appliquer ce programme")) == ONCE
    site.kill_at("telling", whole=False)
    evening.screens.agree(2)
    assert eventually(lambda: job_of(TELLING_JOB).is_done, PATIENCE_SECONDS)
    assert min(job_of(kind).attempts for kind in (REPLANNING_JOB, TELLING_JOB)) > 1


def the_past_is_kept_and_everybody_concerned_is_told(evening, *, before, lost):
    after = followed(evening.session)
    coming = after.items() - until_round(2, after).items()
    assert versions(evening) == [(1, "replaced"), (2, "published")]
    assert until_round(2, before) == until_round(2, after)
    assert lost not in {table for _who, (table, _others) in coming}
    assert not {name for (_number, name), _place in coming} & set(evening.gone)
    changed = {name for (_number, name), _place in before.items() ^ after.items()}
    assert told(evening, "session_replanned") == dict.fromkeys(changed, 1)
    # One kind is one person short in each round to come.
    assert {number for _name, number in left_over(evening)} == {3, 4}
    phones = evening.screens.phones
    for name, number in left_over(evening):
        assert f"{name} ({person(name)}), tour {number} :" in evening.preview
        phones[name] = phones.get(name) or evening.phone_of(name)
        offers = phones[name].locator("[aria-labelledby='a-la-place'] li")
        offers.get_by_text(f"Tour {number}").wait_for()


def the_last_rounds_are_played(evening):
    host, say = evening.screens.host, evening.screens.say
    for number in (3, 4):
        press(host, f"Finir le tour {number - 1} maintenant")
        say("Changement de table")
        press(host, f"Commencer le tour {number} maintenant")
        evening.play(number)
    press(host, "Finir le dernier tour maintenant")
    say("Les rencontres sont terminées")


def nothing_is_lost(evening):
    """What was played, said, signed and told is there, once; nothing else is."""
    cast, gone = evening.cast, evening.gone
    enqueue("rendezvous.remember_encounters", key="period")
    assert eventually(everything_is_done, PATIENCE_SECONDS), evening.site.said()
    partner = next(iter(followed(evening.session)[2, cast.alone][1]))
    assert remembered(evening) == evening.played
    assert answers(evening) == {
        (cast.one, cast.other, "yes", "mutual"),
        (cast.other, cast.one, "yes", "mutual"),
        (cast.alone, partner, "maybe", ""),
    }
    assert presences(evening) == {
        name: ("absent", None) if gone.get(name) == 1 else ("arrived", gone.get(name))
        for name in evening.members
    }
    counts = [one.objects.count() for one in (Introduction, Commitment, Signature)]
    assert counts == [1, 1, 2]
    assert evening.site.letters() == letters_in_the_log()
    assert set(letters_in_the_log().values()) == {1}
    the_report_says_what_was_played(evening)


def everything_is_done():
    """No job is due, and no letter waits; none was set aside."""
    assert not Job.objects.quarantined().exists()
    due = Job.objects.open().filter(not_before__lte=timezone.now())
    return not (due.exists() or Delivery.objects.waiting().exists())


def the_report_says_what_was_played(evening):
    page = evening.screens.host
    page.goto(page.url.replace("/direct/", "/bilan/"))
    programme = followed(evening.session)
    planned = [pair for number in range(1, 5) for pair in pairs_in(programme, number)]
    figures = figures_on(page)
    expected = {
        "Rencontres prévues": f"{len(planned)}",
        "Rencontres faites": f"{len(evening.played)}",
        "Envie partagée de continuer": "1",
        "Organisations venues": f"{2 * SIDE - 1} sur {2 * SIDE}",  # one was absent
        "Fiches d’engagement signées": "1",
    }
    assert {name: figures[name] for name in expected} == expected
