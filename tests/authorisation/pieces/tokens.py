"""Keys of the API: one of each person's, and those that two personas use."""

from tests.authorisation.world import PERSON_OF_TOKEN
from tests.factories.tokens import key_of

OWNERS = {"A": "contributor_a", "B": "contributor_b", "D": "contributor_c"}


def add(world):
    for relation, persona in OWNERS.items():
        canary = f"ZQ{relation}cle"
        token, _secret = key_of(world.people[persona], label=canary)
        world.bind("accounts.ApiToken", relation, token)
        world.keep_secret(canary, known_to={persona})
        world.keep_secret(token.digest, known_to=set())
    for persona, person in PERSON_OF_TOKEN.items():
        label = f"ZQcle de {persona}"
        _token, secret = key_of(world.people[person], label=label)
        world.tokens[persona] = secret
        world.keep_secret(label, known_to={person})
        world.keep_secret(secret, known_to=set())
