"""What each person is told: for them alone, colleagues included."""

from tests.factories.notifications import NotificationFactory

OPEN = "notifications:notification_open"


def add(world):
    for relation, persona in (("A", "contributor_a"), ("B", "contributor_b")):
        mark = f"ZQ{relation}nouvelle"
        news = NotificationFactory(
            user=world.people[persona],
            context={"organisation": mark},
            path=f"/methode/?{mark}",
        )
        world.bind("notifications.Notification", relation, news)
        token = {"token_of_a"} if relation == "A" else set()
        world.keep_secret(mark, known_to={persona} | token)
        world.admit(OPEN, relation, persona)
