"""Who said it: a row is a text, and for each span in marks its speaker's name, its cue and its kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.attribution import attribute
from citecheck.models import Article, Kind, Quotation
from citecheck.quotations import find_quotations
from citecheck.sources import find_credits, load_outlets


def read(text: str) -> list[Quotation]:
    article = Article("a", text)
    return [one for one in attribute(article, find_quotations(article), ()) if one.kind is not Kind.INDIRECT]


def told(text: str) -> list[tuple[str | None, str | None]]:
    return [(one.speaker and one.speaker.name, one.cue and one.cue.text) for one in read(text)]


ONE = [
    # after the quotation
    ("“We will rebuild it,” said Ana Ruiz.", "Ana Ruiz", "said"),  # inverted
    ("“We will rebuild it,” Ana Ruiz said.", "Ana Ruiz", "said"),
    ("“We will rebuild it,” Ana Ruiz, the mayor of Port Hale, told reporters.", "Ana Ruiz", "told"),  # apposition
    ("“We will rebuild it,” said the town’s engineer, Ana Ruiz.", "Ana Ruiz", "said"),  # name after the description
    ("“We will rebuild it,” said harbour master Ana Ruiz, who lost her house.", "Ana Ruiz", "said"),
    ("“We will rebuild it,” Ana Ruiz (I-Hale) said Tuesday.", "Ana Ruiz", "said"),  # brackets
    ("“We will rebuild it,” according to Ana Ruiz.", "Ana Ruiz", "according to"),
    ("“Shall we rebuild it?” asked Ana Ruiz.", "Ana Ruiz", "asked"),  # no comma
    ("“We will rebuild it” — Ana Ruiz", "Ana Ruiz", "—"),  # a signature
    ("“We will rebuild it,” says an official close to the talks.", "an official close to the talks", "says"),
    # before it
    ("Ana Ruiz said, “We will rebuild it.”", "Ana Ruiz", "said"),
    ("Ana Ruiz told The Harbour Post that “we will rebuild it.”", "Ana Ruiz", "told"),  # an outlet is no speaker
    ("Ana Ruiz, who lost her house, said: “We will rebuild it.”", "Ana Ruiz", "said"),  # relative clause
    ("Ana Ruiz went to the pier and said, “We will rebuild it.”", "Ana Ruiz", "said"),  # two verbs, one subject
    ("Speaking at the pier, Ana Ruiz said: “We will rebuild it.”", "Ana Ruiz", "said"),
    ("At the pier Ana Ruiz declared “we will rebuild it in a year.”", "Ana Ruiz", "declared"),  # no comma
    ("The plan failed. But, said Ana Ruiz, “we will rebuild it.”", "Ana Ruiz", "said"),  # inserted before it
    ("Ana Ruiz, mayor of Hale, told Berg, “We will rebuild it.”", "Ana Ruiz", "told"),  # a listener stands there
    ("As one sailor told The Hale Times, “We will rebuild it.”", "one sailor", "told"),  # "as" is no preposition here
    ("Some sailors and fishers told us that they see “a cold plan.”", "Some sailors and fishers", "told"),
    ("The ruling lifted the ban, leading Ana Ruiz to urge the town to “act at once.”", "Ana Ruiz", "urge"),
    ("The board rated half of the Danish claims as “cold.”", "The board", "rated"),  # a noun between
    ("“We will rebuild it,” Ana Ruiz kept repeating.", "Ana Ruiz", "repeating"),
    ("Ana Ruiz: “We will rebuild it.”", "Ana Ruiz", ":"),
    ("Ana Ruiz condemned what she called “a cold and lazy plan.”", "Ana Ruiz", "condemned"),  # the outer verb's
    ("The crew slept through what she called “a cold and lazy plan.”", "she", "called"),  # no other word of saying
    ("According to Ana Ruiz, “we will rebuild it in a year.”", "Ana Ruiz", "According to"),
    ("Hale Council’s chair, Ana Ruiz, wrote, “We will rebuild it.”", "Ana Ruiz", "wrote"),  # possessive apposition
    # words quoted inside the writer's sentence
    ("Ana Ruiz called the plan “a castle of sand” on Monday.", "Ana Ruiz", "called"),
    ("Ana Ruiz said the council had wasted “years and years” on it.", "Ana Ruiz", "said"),
    ("Ana Ruiz said they wanted to sell “every last brick” of it.", "Ana Ruiz", "said"),  # not wanted
    ("The plan has “new risks for the port,” although Ana Ruiz noted its price.", "Ana Ruiz", "noted"),
    ("The pier was described by Ana Ruiz as “a castle of sand”.", "Ana Ruiz", "described"),  # passive
    ("The move, Ana Ruiz argued, would be “a castle of sand”.", "Ana Ruiz", "argued"),  # parenthetical
    ("Calling it “a castle of sand,” Ana Ruiz left the room.", "Ana Ruiz", "Calling"),  # participle first
    ("Ana Ruiz left the room, saying it was “a castle of sand”.", "Ana Ruiz", "saying"),  # participle last
    ("Ana Ruiz denied that she had “sold the pier”.", "Ana Ruiz", "denied"),
    ("Ana Ruiz’s claim that the pier was “as good as new” did not last.", "Ana Ruiz", "claim"),  # noun
    (
        "Berg cited a remark from Ana Ruiz that “we will rebuild it in a year.”",
        "Ana Ruiz",
        "remark",
    ),  # whose, behind it
    # a clause or phrase that opens the sentence has another subject
    ("After Berg argued that the pier was safe, Ana Ruiz said only that his “sums are wrong.”", "Ana Ruiz", "said"),
    ("Asked which pier was next, Ana Ruiz demurred: “We will rebuild them all.”", "Ana Ruiz", "demurred"),
    (
        "Ana Ruiz said at noon that she would come, although Berg tweeted that he “rejects it.”",
        "Berg",
        "tweeted",
    ),
    # who stands between commas behind the subject is not the subject
    ("Ana Ruiz, reacting to a letter from Tom Berg, shouted, “Stop the sale!”", "Ana Ruiz", "shouted"),
    ("The petition, which was filed in Port Hale, alleged that the town “lost the keys.”", "The petition", "alleged"),
    ("Ana Ruiz, who is running in May, praised Berg’s plan as “a bold wall.”", "Ana Ruiz", "praised"),
    ("A note obtained by The Hale Post warns that “the pier will not last.”", "A note", "warns"),  # not who obtained it
    # the name after a comma and a verb says more than the noun before them
    ("The pier “did rather well” in the storm, said Ana Ruiz.", "Ana Ruiz", "said"),
    ("“We take what we can” but not to lead in prices, says Ana Ruiz, an engineer.", "Ana Ruiz", "says"),
    # words that count stand for people
    ("“Watch out for the tide,” wrote another.", "another", "wrote"),
    ("In the poll, 21 percent said “not very likely.”", "21 percent", "said"),
    # participles
    ("Berg and Brandt were harsh, with Ana Ruiz again calling it “a castle of sand.”", "Ana Ruiz", "calling"),
    ("Ana Ruiz keeps talking about “the power of the tide.”", "Ana Ruiz", "talking"),
    ("An option seen by dockers as a “lifeboat” came up.", "dockers", "seen"),
    # what might be said is not said
    ("Berg cannot say that “from the pier,” Ana Ruiz added.", "Ana Ruiz", "added"),
    ("Ana Ruiz says Berg will call it “a castle of sand.”", "Ana Ruiz", "says"),
    ("Said Ana Ruiz, who grew up in Hale, “We will rebuild it.”", "Ana Ruiz", "Said"),
    # more who speak
    ("“It was cold,” said one of two sailors who saw it.", "one of two sailors", "said"),
    ("“You seem to have lost the key,” the two write.", "the two", "write"),
    ("“We stay,” Ana Ruiz, one of the captains suing the port, said at noon.", "Ana Ruiz", "said"),
    ("Rep. Ana Ruiz, D-Hale, said the plan was “a castle of sand.”", "Ana Ruiz", "said"),
    ("A claim filed against the Port of Hale alleged that it “lost the keys.”", "A claim", "alleged"),
    ("That is the keeper the mayor called “a fine man.”", "the mayor", "called"),  # no word joins the clause
    ("The pier is “a castle of sand” in a storm, as put by Ana Ruiz.", "Ana Ruiz", "put"),
    ("Berg rated most of the claims of sailors as “cold.”", "Berg", "rated"),  # claims is a noun there
    ("The secretary of state said she was “not here for that job.”", "The secretary of state", "said"),
    ("It was late. Ana Ruiz remains “full of hope” for the pier.", "Ana Ruiz", "remains"),  # how somebody feels
    ("Some captains denounce what Ana Ruiz called “a castle of sand.”", "Some captains", "denounce"),
    # another clause
    ("Berg wrote after Ana Ruiz argued for the second time that “the pier is done.”", "Ana Ruiz", "argued"),
    ("The town agreed that the pier is “in good shape,” while others said no.", "The town", "agreed"),
]


@pytest.mark.parametrize(("text", "name", "cue"), ONE)
def test_one_quotation(text: str, name: str, cue: str) -> None:
    assert told(text) == [(name, cue)]


MANY = [
    # Who a sentence begins with is its subject, wherever its verb stands; a name in no first place is not.
    (
        "“We stay,” said Julia Prats, a teacher.\n\nThe baker Pilar Osuna lives near it. “We left,” she said.",
        ["Julia Prats", "Pilar Osuna"],
    ),
    (
        "“We stay,” said Julio Prats.\n\nLucas Ferrer of the old farmers’ union came down. “We left,” he said.",
        ["Julio Prats", "Lucas Ferrer"],
    ),
    (
        "“We stay,” said Julia Prats, a teacher.\n\nNear Pilar Osuna lives a cat. “We left,” she said.",
        ["Julia Prats", "Julia Prats"],
    ),
    # a split quotation, and one that goes on
    ("“We stay,” Ana Ruiz said. “We have to.”", ["Ana Ruiz", "Ana Ruiz"]),
    ("“We stay,” Ana Ruiz said, “because we have to.”", ["Ana Ruiz", "Ana Ruiz"]),
    # a list of words from one mouth
    ("Ana Ruiz called him a “thief,” a “liar” and a “coward”.", ["Ana Ruiz"] * 3),
    # paragraphs of one quotation
    ("“We begin at dawn,” said Ana Ruiz. “It is late.\n“We end at dusk.”", ["Ana Ruiz"] * 3),
    # the mark that nothing closes belongs to the words before it, not to the next paragraph's
    ("“We stay,” Ana Ruiz said. “Nobody can make us go.\n“They may try,” Berg said.", ["Ana Ruiz", "Ana Ruiz", "Berg"]),
    # the next paragraph goes on without a name
    ("“We stay,” said Ana Ruiz.\n“We have to stay in the house.”", ["Ana Ruiz"] * 2),
    # last name and pronouns
    ("Ana Ruiz came late.\n“We stay,” Ruiz said.\n“We have to,” she said.", ["Ana Ruiz"] * 2),
    # names that are verbs elsewhere
    ("They read it. Ian Read came, and so did Read’s crew.\n“We stay,” Read said.", ["Ian Read"]),
    # a sentence between, of its own subject and of none
    ("“We stay,” said Ana Ruiz. Ruiz backs Mayor Karl Brandt in the race. “We have to.”", ["Ana Ruiz"] * 2),
    ("“We stay,” said Ana Ruiz. They also lie far from the port. “That’s a hard place.”", ["Ana Ruiz"] * 2),
    ("The Hale Times wrote, “We stay.”\n“We have to,” it further wrote.", ["Hale Times"] * 2),
    # a transcript
    ("It was late for Tom Berg and Ana Ruiz.\nBERG: Why?\nRUIZ: No.\nBERG: Oh.", ["Tom Berg", "Ana Ruiz", "Tom Berg"]),
    # he and she
    ("Ana Ruiz met Karl Brandt. “We stay,” she said. “We go,” he said.", ["Ana Ruiz", "Karl Brandt"]),
    # two of one family, told apart by the form of address
    ("Ana Ruiz and Pablo Ruiz came.\n“We stay,” Mr. Ruiz said.\n“We go,” Ms. Ruiz said.", ["Pablo Ruiz", "Ana Ruiz"]),
    # the office for the person
    ("Mayor Ana Ruiz came late.\n“We stay,” the mayor said.", ["Ana Ruiz"]),
    # a colon before the paragraph
    ("Ana Ruiz went on:\n“We stay in the house.”", ["Ana Ruiz"]),
    # the sentence before names the speaker
    ("“Go,” said Karl Brandt.\nAna Ruiz disagreed. “We stay in the house.”", ["Karl Brandt", "Ana Ruiz"]),
]


@pytest.mark.parametrize(("text", "names"), MANY)
def test_several_quotations(text: str, names: list[str]) -> None:
    assert [name for name, _ in told(text)] == names


KINDS = [
    ("“We will rebuild it,” said Ana Ruiz.", Kind.DIRECT),
    ("Ana Ruiz called it “a castle of sand”.", Kind.FRAGMENT),
    ("The so-called “harbour lanes” are shut.", Kind.SCARE),  # held at a distance
    ("The essay “Salt and Stone in the Port” sold well.", Kind.TITLE),
    ("Ana “Sandy” Ruiz left.", Kind.SCARE),  # a nickname
    ("The sea is low.\n'A pier of one’s own.'\nShe left.", Kind.SCARE),  # a heading in single marks
    ("She was on the television show, “The Harbour.”", Kind.TITLE),
    ("She argues in a paper called “Salt and Stone in the Port.”", Kind.TITLE),  # a work, behind a verb of saying
    ("Both ports think of boats that steer, often called “ghost boats.”", Kind.SCARE),  # nobody is said to call it so
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kinds(text: str, kind: Kind) -> None:
    assert [one.kind for one in read(text)] == [kind]


FULL_NAMES = [
    # a headline in title case makes no name longer
    ("Mayor Ruiz Says New Harbour Wall Will Stand\n\nThe wall is wet. “We stay,” said Mayor Ruiz.", "Ruiz"),
    ("The Bureau of Harbour Tides’s (HTB) men left. “We stay,” said HTB.", "Bureau of Harbour Tides"),
    # a place is no agency
    ("The Hale Coastal Commission met in Boston. “We stay,” the agency noted.", "Hale Coastal Commission"),
    ("The Hale Coastal Commission met at San Pedro Gate. “We stay,” the agency noted.", "Hale Coastal Commission"),
    # who is only spoken of in a phrase is not who spoke
    ("Jo Mason met J. Mason. J. Mason said he took what happened to Jo seriously. “We stay,” he said.", "J. Mason"),
    # a body by the noun before its name
    ("Quinn Diaz, of the group Equal Hale, spoke. To Quinn Diaz it was bad. “We stay,” they said.", "Quinn Diaz"),
    # a full stop that was meant for a comma
    ("“We saw it,” said Tom Berg.\n\n“We stay in the port.” Ruiz said. “Nobody leaves.”", "Ruiz"),
]


ROLES = [
    ("The governor of the province, Ana Ruiz, came. “We stay,” said Ruiz.", "The governor of the province"),
    ("He saw the son of the mayor, Ana Ruiz, fall. “We stay,” said Ruiz.", "the mayor"),
    ("He spoke to the driver, Ana Ruiz said. “We stay,” said Ruiz.", None),
    ("Ana Ruiz, the mayor, came. “We stay,” said Ruiz.", "the mayor"),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_roles(text: str, role: str | None) -> None:
    assert {one.speaker.role for one in read(text) if one.speaker} == {role}


@pytest.mark.parametrize(("text", "name"), FULL_NAMES)
def test_whom_the_mention_stands_for(text: str, name: str) -> None:
    assert told(text)[-1][0] == name


def test_a_term_that_an_outlet_reports_is_nobodys() -> None:
    """The outlet is a source; who used the words is left open. A clause that it wrote is its own."""
    short = Article("a", "They look into whether it has “no soul,” the Financial Times reported in July.")
    clause = Article("b", "“The wall has stood for a year and will not last,” the Financial Times reported in July.")
    for article, speaker in ((short, None), (clause, "Financial Times")):
        credits = find_credits(article, load_outlets())
        (found,) = [one for one in attribute(article, find_quotations(article), credits) if one.kind.quoted]
        assert (found.speaker and found.speaker.name) == speaker


GROUPS = [
    ("“We stay,” said Ana Ruiz. “Nobody leaves the port.”", [0, 0]),  # the tag stands between two sentences
    ("“We stay,” Ana Ruiz said, “until the port is rebuilt.”", [0, 0]),  # or inside one
    ("“We stay in the port” Ana Ruiz said at noon. “Nobody leaves.”", [0, 0]),  # no comma before the mark
    ("“We stay,” said Ana Ruiz. She left at noon. “Nobody asked us about it.”", [0, 1]),  # the writer speaks between
    ("“We stay,” said Ana Ruiz. “Nobody else will,” said Tom Berg.", [0, 1]),  # two speakers
    ("“We stay,” said Ana Ruiz.\n\n“Nobody leaves the port.”", [0, 1]),  # a new paragraph
    ("“We stay,” said Ana Ruiz. “Nobody leaves the port.\n\n“And nobody sells it.”", [0, 0, 0]),  # runs on
]


@pytest.mark.parametrize(("text", "parts"), GROUPS)
def test_the_parts_of_a_split_quotation_share_a_group(text: str, parts: list[int]) -> None:
    keys = [one.group or one.id for one in read(text)]
    order = list(dict.fromkeys(keys))
    assert [order.index(key) for key in keys] == parts


@given(st.text(alphabet="aB .,:“”\"'’—\nhe said Ana to", max_size=150))
def test_every_span_is_where_it_says(text: str) -> None:
    article = Article("a", text)
    found = attribute(article, find_quotations(article), ())
    ids = {one.id for one in found}
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.parent is None or one.parent in ids
        if one.cue:
            assert text[one.cue.start : one.cue.end] == one.cue.text
        if one.speaker:
            assert text[one.speaker.start : one.speaker.end] == one.speaker.mention
    assert [one.start for one in found] == sorted(one.start for one in found)


TONGUES = [
    ("„Wir bauen es wieder auf“, sagte Ana Ruiz der Zeitung am Montag.", Kind.DIRECT, "Ana Ruiz"),
    ("Die Ministerin Ana Ruiz nannte die Sache „völlig verfehlt“ und ging nach Hause.", Kind.FRAGMENT, None),
    ("Das Boot „Seestern“ liegt nicht mehr im Hafen und wurde verkauft.", Kind.SCARE, None),
    ("« Nous allons reconstruire le port », a déclaré Ana Ruiz dans la salle.", Kind.DIRECT, "Ana Ruiz"),
    ("«Vamos a reconstruir el puerto», dijo Ana Ruiz en la sala de la ciudad.", Kind.DIRECT, "Ana Ruiz"),
    ("«Ricostruiremo il porto entro giugno», ha detto Ana Ruiz nella sala della città.", Kind.DIRECT, "Ana Ruiz"),
    ("“Vamos reconstruir o porto em breve”, disse Ana Ruiz na sala da cidade.", Kind.DIRECT, "Ana Ruiz"),
]


@pytest.mark.parametrize(("text", "kind", "name"), TONGUES)
def test_other_languages(text: str, kind: Kind, name: str | None) -> None:
    (found,) = read(text)
    assert found.kind is kind
    assert name is None or (found.speaker is not None and found.speaker.name == name)


def test_confidence_is_what_was_counted_of_its_layout() -> None:
    """A speaker right behind the quotation is surer than one before it, and that surer than one carried from there."""
    behind, before, carried, unsaid = (
        read(text)[-1].confidence
        for text in (
            "“We stay in the house,” said Ana Ruiz.",
            "Ana Ruiz said, “We stay in the house.”",
            "Ana Ruiz said, “We stay in the house.”\n“We have to stay.”",
            "Nobody came here. “We stay in the house.”",
        )
    )
    assert 1 > behind > 0.95 > before > 0.8 > carried > 0.4 > unsaid > 0
