"""What two organisations write to each other: who reads, who writes, once, and until when."""

import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Consent
from accounts.services.erasure import Origin, erase
from alliances.models import (
    Attachment,
    Block,
    Introduction,
    Membership,
    Message,
    Reading,
)
from alliances.selectors.blocks import blocked_between
from alliances.selectors.conversations import thread
from alliances.selectors.relations import Listing, relation_page
from alliances.services.conversations import (
    ClosedError,
    Closing,
    Piece,
    QuotaError,
    Written,
    block,
    close_introduction,
    send_message,
    withdraw_message,
)
from alliances.views.attachments import SEALED_OFF
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.conversations import PDF, Pair, say
from tests.factories.introductions import introduce
from tests.form_reader import forms_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def pair():
    return Pair()


def page_of(pair, client, person, own=None):
    client.force_login(person)
    return client.get(reverse("alliances:introduction_detail", args=pair.keys(own)))


def write(pair, client, person, own=None, *, follow=True, **data):
    client.force_login(person)
    fields = {"key": "form-1", "body": "Bonjour", **data}
    url = reverse("alliances:message_send", args=pair.keys(own))
    return client.post(url, fields, follow=follow)


def told(kind):
    found = Notification.objects.filter(kind=kind).order_by("user__name")
    return [(one.user.name, one.key, one.answered_at is None) for one in found]


# Reading and writing.


def test_a_message_reaches_both_sides(pair, client):
    write(pair, client, pair.camille, body="Bonjour,\r\nvoici notre idée.")

    response = page_of(pair, client, pair.sam, pair.other)

    assert "Bonjour,\nvoici notre idée." in response.text
    assert told("first_message") == [
        ("Sam Durand", f"introduction:{pair.introduction.public_id}", True)
    ]


def test_the_first_reply_is_dated_and_stops_reminders(pair, client):
    write(pair, client, pair.camille)
    pair.introduction.refresh_from_db()
    assert pair.introduction.first_answer_at is None

    write(pair, client, pair.sam, pair.other, body="Merci")

    pair.introduction.refresh_from_db()
    assert pair.introduction.first_answer_at is not None
    assert [waits for _, _, waits in told("first_message")] == [False]
    assert [name for name, _, _ in told("message_received")] == ["Camille Petit"]


def test_writing_twice_before_an_answer_is_no_answer(pair, client):
    write(pair, client, pair.camille, key="1", body="Bonjour")
    write(pair, client, pair.camille, key="2", body="J’oubliais")

    pair.introduction.refresh_from_db()
    assert pair.introduction.first_answer_at is None
    assert [waits for _, _, waits in told("first_message")] == [True]


def test_the_same_form_sent_again_writes_once(pair, client):
    for _ in range(3):
        write(pair, client, pair.camille)

    assert Message.objects.count() == 1


def test_a_form_sent_again_after_its_text_changed_loses_nothing(pair, client):
    write(pair, client, pair.camille, body="Bonjour")
    write(pair, client, pair.camille, body="Bonjour, et merci")

    bodies = list(Message.objects.order_by("pk").values_list("body", flat=True))
    assert bodies == ["Bonjour", "Bonjour, et merci"]


def test_what_was_typed_is_kept_when_it_does_not_leave(pair, client):
    bad = SimpleUploadedFile("logo.svg", b"<svg>")

    response = write(pair, client, pair.camille, body="À garder", pieces=[bad])

    assert Message.objects.count() == 0
    found = [form for form in forms_of(response.text) if "body" in form.data]
    assert [form.data["body"] for form in found] == [["À garder"]]
    assert "« logo.svg » n’est pas d’un type accepté" in response.text
    # On the page that they were reading, which begins by saying so.
    assert "votre texte est gardé, plus bas" in response.text
    assert '<h2 id="contacts">' in response.text


@pytest.mark.parametrize("body", ["", "   \n ", "\u202e\u200f", "x" * 5_001])
def test_an_empty_or_endless_message_does_not_leave(pair, client, body):
    response = write(pair, client, pair.camille, body=body)

    assert (response.status_code, Message.objects.count()) == (200, 0)


def test_htmx_receives_the_conversation_alone(pair, client):
    client.force_login(pair.camille)
    url = reverse("alliances:message_send", args=pair.keys())

    response = client.post(
        url, {"key": "1", "body": "Bonjour"}, headers={"HX-Request": "true"}
    )

    assert "<html" not in response.text
    assert "Votre message est parti." in response.text
    assert '<section id="conversation"' in response.text


def test_long_conversations_come_by_fifties(pair, client):
    for number in range(53):
        say(
            pair.introduction,
            pair.camille,
            pair.own,
            f"n°{number:02}.",
            after_minutes=number,
        )
    client.force_login(pair.camille)

    last = page_of(pair, client, pair.camille)
    link = re.search(r'href="([^"]*\?avant=[^"]*)"', last.text)[1]
    first = client.get(link)

    assert re.findall(r"n°(\d\d)\.", last.text) == [f"{n:02}" for n in range(3, 53)]
    assert re.findall(r"n°(\d\d)\.", first.text) == ["00", "01", "02"]
    assert "avant=" not in first.text


def test_a_message_of_another_conversation_is_no_mark(pair, client):
    third = OrganisationFactory()
    other = introduce(pair.own, third)
    mark = say(other, pair.camille, pair.own, "ailleurs")
    say(pair.introduction, pair.camille, pair.own, "ici", after_minutes=9)

    shown = thread(pair.introduction, pair.camille, own=pair.own, before=mark.public_id)

    assert [line.message.body for line in shown.lines] == ["ici"]


def test_a_page_costs_the_same_whatever_was_said(pair, client):
    def speak(times):
        for number in range(times):
            side = (pair.camille, pair.own) if number % 2 else (pair.sam, pair.other)
            message = say(pair.introduction, *side, "mot", after_minutes=number)
            Attachment.objects.create(message=message, name="a.pdf", size_bytes=1)

    def cost():
        page_of(pair, client, pair.camille)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("alliances:introduction_detail", args=pair.keys()))
        return len(queries)

    speak(2)
    few = cost()
    speak(28)

    assert cost() == few < 35


# Who is who.


def line_of(text):
    """The beginning of the first message."""
    return text[text.index("al-line-head") : text.index("al-line-body")]


def test_a_name_is_shown_to_the_partner_with_a_consent_alone(pair, client):
    say(pair.introduction, pair.sam, pair.other, "Bonjour")
    before = page_of(pair, client, pair.camille).text
    Consent.objects.create(
        user=pair.sam, purpose="publish_name", is_given=True, text_version="1"
    )
    after = page_of(pair, client, pair.camille).text
    Consent.objects.create(
        user=pair.sam,
        purpose="publish_name",
        scope=pair.other.public_id,
        is_given=False,
        text_version="1",
    )
    withdrawn = page_of(pair, client, pair.camille).text

    assert [
        line_of(text).count("Sam Durand") for text in (before, after, withdrawn)
    ] == [
        0,
        1,
        0,
    ]
    assert line_of(before).count("Une personne de Atelier 44") == 1


def test_what_somebody_erased_wrote_reads_as_such_on_both_sides(
    pair, client, settings, tmp_path
):
    settings.ERASURE_LEDGER = str(tmp_path / "effacements.jsonl")
    say(pair.introduction, pair.sam, pair.other, "Bonjour")
    note = "le compte de cette personne n’existe plus"
    before = page_of(pair, client, pair.camille).text
    colleague = MembershipFactory(organisation=pair.other).user
    erase(pair.sam.pk, Origin.PERSON)

    theirs = page_of(pair, client, pair.camille).text
    own = page_of(pair, client, colleague, pair.other).text

    heads = [
        " ".join(re.sub(r"<[^>]+>", " ", line_of(text)).split())
        for text in (theirs, own)
    ]
    assert ["Personne effacée (Atelier 44)" in head for head in heads] == [True, False]
    assert "Personne effacée (votre organisation)" in heads[1]
    assert [note in text for text in (before, theirs, own)] == [False, True, True]


def test_the_last_consent_about_an_organisation_holds_over_the_general_one(pair):
    for scope, is_given in ((pair.other.public_id, True), ("", False)):
        Consent.objects.create(
            user=pair.sam,
            purpose="publish_name",
            scope=scope,
            is_given=is_given,
            text_version="1",
        )
    say(pair.introduction, pair.sam, pair.other, "Bonjour")

    shown = thread(pair.introduction, pair.camille, own=pair.own)

    assert [line.author for line in shown.lines] == ["Sam Durand"]


def test_an_address_is_never_a_name(pair):
    pair.sam.name = ""
    pair.sam.save()
    say(pair.introduction, pair.sam, pair.other, "Bonjour")

    read = [
        thread(pair.introduction, person, own=side).lines[0].author
        for person, side in ((pair.camille, pair.own), (pair.sam, pair.other))
    ]

    assert read == ["Une personne de Atelier 44"] * 2


# What was read.


def unread(person, own):
    """Return how many messages the list of relations says to be new."""
    own_relations = relation_page(own, Listing.OPEN, viewer=person, number=None)
    return [line.unread for line in own_relations.lines]


def test_what_was_not_read_is_counted_then_read(pair, client):
    say(pair.introduction, pair.sam, pair.other, "Un")
    say(pair.introduction, pair.sam, pair.other, "Deux", after_minutes=1)
    say(pair.introduction, pair.camille, pair.own, "Trois", after_minutes=2)
    before = unread(pair.camille, pair.own)

    first = page_of(pair, client, pair.camille)
    second = page_of(pair, client, pair.camille)

    assert before == [2]
    assert (first.text.count("Nouveau<"), second.text.count("Nouveau<")) == (2, 0)
    assert unread(pair.camille, pair.own) == [0]
    assert unread(pair.sam, pair.other) == [1]


def test_reading_older_messages_reads_nothing(pair, client):
    mark = say(pair.introduction, pair.sam, pair.other, "Un", after_minutes=5)
    client.force_login(pair.camille)
    url = reverse("alliances:introduction_detail", args=pair.keys())
    client.get(f"{url}?avant={mark.public_id}")

    assert Reading.objects.count() == 0


# Whose it is.


def test_an_ex_member_finds_nothing(pair, client):
    Membership.objects.filter(user=pair.camille).delete()

    assert page_of(pair, client, pair.camille).status_code == 404
    assert write(pair, client, pair.camille).status_code == 404
    assert Message.objects.count() == 0


def test_a_member_of_two_organisations_acts_for_the_one_of_the_address(pair, client):
    third = OrganisationFactory(name="Troisième")
    MembershipFactory(user=pair.camille, organisation=third)
    keys = [third.public_id, pair.introduction.public_id]
    client.force_login(pair.camille)

    answers = [
        client.get(reverse("alliances:introduction_detail", args=keys)),
        client.post(reverse("alliances:message_send", args=keys), {"body": "x"}),
        client.post(reverse("alliances:introduction_close", args=keys), {}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_whoever_belongs_to_both_sides_speaks_for_the_one_of_the_address(pair, client):
    MembershipFactory(user=pair.camille, organisation=pair.other)

    write(pair, client, pair.camille, pair.other)

    assert Message.objects.get().organisation == pair.other


def test_what_belongs_to_another_introduction_of_the_same_organisation_is_not_here(
    pair, client
):
    third = OrganisationFactory()
    other = introduce(pair.own, third)
    mine = say(other, pair.camille, pair.own, "ailleurs")
    theirs = say(other, UserFactory(), third, "ailleurs")
    piece = Attachment(message=mine, name="a.pdf", size_bytes=1, scan="clean")
    piece.file.save("x", SimpleUploadedFile("x", PDF))
    client.force_login(pair.camille)

    answers = [
        client.get(
            reverse(
                "alliances:attachment_download", args=[*pair.keys(), piece.public_id]
            )
        ),
        client.post(
            reverse("alliances:message_withdraw", args=[*pair.keys(), mine.public_id])
        ),
        client.get(
            reverse("alliances:message_report", args=[*pair.keys(), theirs.public_id])
        ),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    mine.refresh_from_db()
    assert mine.withdrawn_at is None


def test_a_member_writes_but_does_not_decide(pair, client):
    MembershipFactory(
        user=(member := UserFactory()), organisation=pair.own, role="contributor"
    )

    assert write(pair, client, member).status_code == 200
    assert Message.objects.count() == 1
    for name in ("introduction_close", "organisation_block", "organisation_unblock"):
        url = reverse(f"alliances:{name}", args=pair.keys())
        assert client.post(url, {"sentence": "plain"}).status_code == 404
    assert Introduction.objects.get().state == "open"


# First messages.


def test_a_first_message_starts_from_a_model(pair, client):
    IntentionFactory(
        organisation=pair.own, needs=["skills_patronage"], offers=["networks"]
    )
    IntentionFactory(organisation=pair.other, offers=["skills_patronage"], needs=[])
    page = page_of(pair, client, pair.camille)
    link = re.search(r'href="([^"]*\?modele=patronage_asked)#', page.text)[1]

    body = next(
        form.data["body"][0]
        for form in forms_of(client.get(link).text)
        if "body" in form.data
    )

    assert "au nom de Roue libre" in body
    assert "Nous cherchons : mécénat de compétences." in body
    assert "accepte au plus 4 mises en relation par mois" in page.text


def test_models_disappear_once_one_has_written(pair, client):
    write(pair, client, pair.camille)

    assert "modele=" not in page_of(pair, client, pair.camille).text
    assert "modele=" in page_of(pair, client, pair.sam, pair.other).text


# Files.


def attach(pair, **fields):
    message = say(pair.introduction, pair.camille, pair.own, "Voici")
    fields = {"name": "Devis été.pdf", "media_type": "application/pdf", **fields}
    piece = Attachment(message=message, size_bytes=len(PDF), **fields)
    piece.file.save("x" * 12, SimpleUploadedFile("x", PDF))
    return piece


def download(pair, client, piece, person=None, own=None):
    client.force_login(person or pair.sam)
    keys = [*pair.keys(own or pair.other), piece.public_id]
    return client.get(reverse("alliances:attachment_download", args=keys))


def test_a_file_is_sent_then_received_as_it_was(pair, client):
    write(pair, client, pair.camille, pieces=[SimpleUploadedFile("Devis été.pdf", PDF)])
    piece = Attachment.objects.get()

    response = download(pair, client, piece)

    assert response.content == PDF
    assert {
        name: response[name]
        for name in (
            "Content-Type",
            "Content-Disposition",
            "X-Content-Type-Options",
            "Cache-Control",
            "Content-Security-Policy",
        )
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''Devis%20%C3%A9t%C3%A9.pdf",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": SEALED_OFF,
    }
    assert piece.scan == "not_scanned"
    assert re.fullmatch(r"pieces/[0-9]{4}/[0-9]{2}/[0-9a-f]{32}", piece.file.name)


def test_a_file_is_not_served_by_its_path(pair, client):
    piece = attach(pair, scan="clean")
    client.force_login(pair.camille)

    for prefix in ("/media/", "/static/", "/"):
        assert client.get(prefix + piece.file.name).status_code == 404


@pytest.mark.parametrize(
    ("scan", "status"),
    [("clean", 200), ("not_scanned", 200), ("waiting", 409), ("infected", 404)],
)
def test_a_file_is_readable_once_nothing_bad_is_known(pair, client, scan, status):
    response = download(pair, client, attach(pair, scan=scan))

    assert response.status_code == status
    assert (PDF in response.content) is (status == 200)


def test_a_file_is_for_the_members_of_both_sides(pair, client):
    piece = attach(pair, scan="clean")
    stranger = MembershipFactory().user

    assert download(pair, client, piece, stranger).status_code == 404
    Membership.objects.filter(user=pair.sam).delete()
    assert download(pair, client, piece).status_code == 404


def test_a_lost_file_is_not_an_error(pair, client):
    piece = attach(pair, scan="clean")
    default_storage.delete(piece.file.name)

    assert download(pair, client, piece).status_code == 404


def test_five_files_at_most(pair, client):
    files = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(6)]

    response = write(pair, client, pair.camille, pieces=files)

    assert "Joignez au plus 5 fichiers" in response.text
    assert (Message.objects.count(), list(default_storage.listdir("")[0])) == (0, [])


def test_a_month_of_files_has_an_end(pair, settings):
    settings.ATTACHMENTS_MAX_BYTES_PER_MONTH = 2 * len(PDF)
    piece = Piece("a.pdf", "application/pdf", PDF)

    def send(key, *pieces):
        written = Written("Bonjour", key, pieces)
        send_message(
            pair.introduction.pk, pair.own, author=pair.camille, written=written
        )

    send("1", piece, piece)
    with pytest.raises(QuotaError):
        send("2", piece)
    send("3")
    assert Attachment.objects.count() == 2
    assert Message.objects.count() == 2


def test_a_message_that_fails_leaves_no_file(pair, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("alliances.services.conversations.sending.tell_message", fail)
    piece = Piece("a.pdf", "application/pdf", PDF)
    with pytest.raises(RuntimeError):
        send_message(
            pair.introduction.pk,
            pair.own,
            author=pair.camille,
            written=Written("Bonjour", "1", [piece]),
        )

    left = [name for _, names in _walk("pieces") for name in names]
    assert (Message.objects.count(), left) == (0, [])


def _walk(folder):
    folders, names = default_storage.listdir(folder)
    yield folder, names
    for one in folders:
        yield from _walk(f"{folder}/{one}")


# Taking back.


def test_an_author_takes_a_message_back_with_its_files(
    pair, client, django_capture_on_commit_callbacks
):
    piece = attach(pair, scan="clean")
    client.force_login(pair.camille)
    keys = [*pair.keys(), piece.message.public_id]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("alliances:message_withdraw", args=keys))

    page = page_of(pair, client, pair.sam, pair.other)
    assert "Ce message a été retiré." in page.text
    assert "Voici" not in page.text
    message = Message.objects.get()
    assert (message.body, message.attachments.count()) == ("", 0)
    assert not default_storage.exists(piece.file.name)
    assert download(pair, client, piece).status_code == 404


def test_nobody_takes_back_what_another_wrote(pair, client):
    message = say(pair.introduction, pair.sam, pair.other, "Bonjour")
    colleague = MembershipFactory(organisation=pair.other).user
    for person, own in ((pair.camille, pair.own), (colleague, pair.other)):
        client.force_login(person)
        keys = [*pair.keys(own), message.public_id]
        url = reverse("alliances:message_withdraw", args=keys)
        assert client.post(url).status_code == 404

    message.refresh_from_db()
    assert message.withdrawn_at is None


def test_a_message_is_taken_back_once(pair):
    message = say(pair.introduction, pair.camille, pair.own, "Bonjour")

    assert [withdraw_message(message), withdraw_message(message)] == [True, False]


# Taking leave.


def close(pair, client, **data):
    client.force_login(pair.camille)
    url = reverse("alliances:introduction_close", args=pair.keys())
    return client.post(url, {"sentence": "plain", **data}, follow=True)


@pytest.mark.parametrize("is_shared", [True, False])
def test_the_reason_is_read_by_the_other_if_its_author_chose_so(
    pair, client, is_shared
):
    share = {"share": "on"} if is_shared else {}
    close(pair, client, reason="too_far", words="Trop loin de Nantes", **share)

    own = page_of(pair, client, pair.camille).text
    other = page_of(pair, client, pair.sam, pair.other).text

    assert ("trop éloignés" in own, "Trop loin de Nantes" in own) == (True, True)
    assert "Roue libre a clos cette mise en relation." in other
    assert "Merci pour votre intérêt." in other
    assert ("trop éloignés" in other) is is_shared
    assert ("Trop loin de Nantes" in other) is is_shared
    assert 'name="body"' not in other
    assert [name for name, _, _ in told("introduction_closed")] == ["Sam Durand"]


def test_closing_is_an_answer_to_who_wrote_first(pair, client):
    write(pair, client, pair.sam, pair.other)
    close(pair, client)

    pair.introduction.refresh_from_db()
    assert pair.introduction.first_answer_at is not None
    assert [waits for _, _, waits in told("first_message")] == [False]


def test_closing_one_s_own_first_message_is_no_answer(pair, client):
    write(pair, client, pair.camille)
    close(pair, client)

    pair.introduction.refresh_from_db()
    assert pair.introduction.first_answer_at is None
    assert [waits for _, _, waits in told("first_message")] == [False]


def test_nothing_is_written_after_the_end_and_the_text_is_kept(pair, client):
    close(pair, client)

    response = write(pair, client, pair.sam, pair.other, body="Trop tard")

    assert Message.objects.count() == 0
    assert "n’est pas parti" in response.text
    assert "Trop tard" in response.text


def test_closing_twice_closes_once(pair, client):
    close(pair, client, words="Un")
    close(pair, client, words="Deux")

    pair.introduction.refresh_from_db()
    assert pair.introduction.closing_words == "Un"
    with pytest.raises(ClosedError):
        close_introduction(pair.introduction.pk, pair.own, Closing())


# Blocking.


def test_who_is_blocked_reads_what_a_polite_end_says(client):
    pages = []
    for blocks in (True, False):
        pair = Pair(public_id=f"abcdefghijk{int(blocks)}")
        say(pair.introduction, pair.sam, pair.other, "Bonjour")
        if blocks:
            block(pair.introduction.pk, pair.own, by=pair.camille, reason="ZQmotif")
        else:
            close_introduction(pair.introduction.pk, pair.own, Closing())
        text = page_of(pair, client, pair.sam, pair.other).text
        for row in (pair.introduction, pair.own, pair.other, *Message.objects.all()):
            text = text.replace(row.public_id, "ID")
        pages.append(re.sub(r'<time datetime="[^"]*">|csrf[^>]*>', "", text))
        told_to_them = told("introduction_closed")
        assert [name for name, _, _ in told_to_them] == ["Sam Durand"]
        Notification.objects.all().delete()
        Message.objects.all().delete()

    assert pages[0] == pages[1]
    assert "ZQmotif" not in pages[0]


def test_a_block_is_stated_once_and_taken_back(pair, client):
    client.force_login(pair.camille)
    for _ in range(2):
        url = reverse("alliances:organisation_block", args=pair.keys())
        client.post(url, {"reason": "Insistance"})
    page = page_of(pair, client, pair.camille)
    assert "Vous bloquez Atelier 44, qui ne le sait pas." in page.text
    assert blocked_between(pair.other.pk, pair.own.pk)
    assert Block.objects.count() == 1

    client.post(reverse("alliances:organisation_unblock", args=pair.keys()))

    assert not blocked_between(pair.own.pk, pair.other.pk)
    assert Introduction.objects.get().state == "declined"


# Hostile texts.


def test_links_are_shown_whole_and_lead_nowhere_else(pair, client):
    body = (
        "<b>gras</b> javascript:alert(1) http://a@mal.example "
        'https://exemple.fr/"onclick=x https://exemple.fr/a_(b).'
    )
    say(pair.introduction, pair.sam, pair.other, body)

    text = page_of(pair, client, pair.camille).text
    shown = text[text.index("al-line-body") : text.index("al-line-acts")]

    assert "&lt;b&gt;gras&lt;/b&gt;" in shown
    assert re.findall(r'href="([^"]*)"', shown) == [
        "https://exemple.fr/",
        "https://exemple.fr/a_(b)",
    ]
    assert set(re.findall(r'rel="([^"]*)"', shown)) == {
        "noopener noreferrer nofollow ugc"
    }


@pytest.mark.parametrize("field", ["body", "key", "pieces"])
@pytest.mark.parametrize("value", ["\x00", "\ud800", "٣" * 60, "x" * 100_000])
def test_a_hostile_field_is_refused_kindly(pair, client, field, value):
    client.force_login(pair.camille)
    url = reverse("alliances:message_send", args=pair.keys())
    encoded = value.encode("utf-8", "surrogatepass")
    fields = {"body": "Bonjour", field: encoded}

    assert client.post(url, fields).status_code in (200, 302, 400)


@pytest.mark.parametrize("value", ["\x00", "zzzz", "٣" * 12, "x" * 5_000])
def test_a_hostile_mark_or_model_is_ignored(pair, client, value):
    client.force_login(pair.camille)
    url = reverse("alliances:introduction_detail", args=pair.keys())

    for name in ("avant", "modele"):
        assert client.get(url, {name: value}).status_code in (200, 400)
