"""Operators of alteration, a row each: what a careless or a bad hand does to a sentence, and what must be said of it.

The rows are the project's own sentences. A row holds in both directions: what is altered is never told as the same
words, and a grave change stays a grave one.
"""

from __future__ import annotations

import pytest

from citecheck.drift import compare
from citecheck.drift.ops import replay
from citecheck.models import Label, Side

#: Witness, rendering, the labels that must be among those given, the severity.
ALTERED = [
    (
        "Norway accused Denmark of dumping waste in the strait",
        "Denmark accused Norway of dumping waste in the strait",
        "entity",
        4,
    ),
    (
        "The union sued the port authority over unpaid wages",
        "The port authority sued the union over unpaid wages",
        "reorder",
        2,
    ),
    (
        "Ruiz told the court that Calder had signed the lease",
        "Calder told the court that Ruiz had signed the lease",
        "entity",
        4,
    ),
    (
        "We spoke with nurses and teachers about the plan",
        "We spoke with teachers and nurses about the plan",
        "reorder",
        2,
    ),
    ("Profits rose while wages fell last spring", "Wages rose while profits fell last spring", "reorder", 2),
    ("The pipe runs 40 miles under the bay", "The pipe runs 40 kilometres under the bay", "substitution number", 4),
    ("It will cost 3 million dollars to repair", "It will cost 3 billion dollars to repair", "substitution number", 4),
    ("Turnout fell by 4 percent in the north", "Turnout fell by 4 percentage points in the north", "number", 4),
    ("We need 12 hours to drain the dock", "We need 12 days to drain the dock", "substitution number", 4),
    ("The fine is 500 euros for each boat", "The fine is 500 dollars for each boat", "number", 4),
    ("The tank holds 90 litres of fuel", "The tank holds 90 gallons of fuel", "substitution number", 4),
    ("It was 30 degrees Celsius on the deck", "It was 30 degrees Fahrenheit on the deck", "number", 4),
    ("We lost 1,250 crates in the storm", "We lost 1,520 crates in the storm", "number", 4),
    ("The vote was 7-2 in favour", "The vote was 2-7 in favour", "number", 4),
    ("About 1,183 people signed the letter", "About 1,200 people signed the letter", "number", 3),
    ("She came third in the count", "She came second in the count", "number", 4),
    ("Henry VIII built the old quay", "Henry VII built the old quay", "number", 4),
    ("Nearly two thirds of the fleet is idle", "Nearly one third of the fleet is idle", "number", 4),
    ("Half of the fleet is idle", "A quarter of the fleet is idle", "number", 4),
    ("Prices doubled in the spring", "Prices tripled in the spring", "number", 4),
    ("Dozens of boats were lost", "Hundreds of boats were lost", "number", 4),
    ("The ship carried fifteen containers", "The ship carried fifty containers", "number", 4),
    ("The lock opens on 3 May at dawn", "The lock opens on 8 May at dawn", "date", 4),
    ("They signed it on Tuesday in the hall", "They signed it on Thursday in the hall", "date", 4),
    ("We heard about it yesterday from the pilot", "We heard about it today from the pilot", "date", 4),
    ("The bridge was built in 1987 by the county", "The bridge was built in 1978 by the county", "date", 4),
    ("Sales were weak last year in the south", "Sales were weak last month in the south", "date", 4),
    ("It began in the spring of that year and went on", "It began in the autumn of that year and went on", "date", 4),
    ("The meeting starts at 9:30 in the chapel", "The meeting starts at 8:30 in the chapel", "number", 4),
    ("We moved here in the 1960s with our children", "We moved here in the 1970s with our children", "date", 4),
    ("The strike lasted five weeks in all", "The strike lasted five months in all", "number", 4),
    ("It happened two days ago near the pier", "It happened two weeks ago near the pier", "number", 4),
    ("This morning the crane fell into the dock", "This evening the crane fell into the dock", "date", 4),
    ("More than 300 boats were in the bay", "Less than 300 boats were in the bay", "polarity", 4),
    ("You need at least six witnesses for that", "You need at most six witnesses for that", "polarity", 4),
    ("The tax is higher than in the north", "The tax is lower than in the north", "polarity", 4),
    ("It arrived before the storm reached us", "It arrived after the storm reached us", "polarity", 4),
    ("Fewer crews work at night than by day", "More crews work at night than by day", "polarity", 4),
    ("They work with the ministry on this", "They work without the ministry on this", "polarity", 4),
    ("The fee went up in the winter", "The fee went down in the winter", "polarity", 4),
    ("All of the boats passed the inspection", "Some of the boats passed the inspection", "intensity", 3),
    ("Most voters here want the bridge", "Many voters here want the bridge", "intensity", 3),
    ("Few of the crew could swim", "Many of the crew could swim", "polarity", 4),
    ("Everyone in the town knew the truth", "Someone in the town knew the truth", "intensity", 3),
    ("We always lock the gate at night", "We sometimes lock the gate at night", "intensity", 3),
    ("None of the engines failed that night", "Some of the engines failed that night", "polarity", 4),
    ("We have never closed the harbour", "We have closed the harbour", "polarity", 4),
    ("We never closed the harbour in winter", "We often closed the harbour in winter", "polarity", 4),
    ("Unless the price falls, we will sell the fleet", "We will sell the fleet", "certainty", 4),
    ("We will sell the fleet if the council agrees", "We will sell the fleet", "certainty", 4),
    ("We will strike, provided that the members vote for it", "We will strike", "certainty", 4),
    ("The owners may close the yard next year", "The owners will close the yard next year", "certainty", 4),
    ("The owners must repair the crane", "The owners may repair the crane", "certainty", 3),
    ("The gate could fail in a flood", "The gate will fail in a flood", "certainty", 4),
    ("The gate might have failed in the flood", "The gate failed in the flood", "certainty", 4),
    ("We should close the yard this winter", "We will close the yard this winter", "certainty", 3),
    ("I believe the pump was broken on purpose", "The pump was broken on purpose", "certainty", 4),
    ("The pump was probably broken on purpose", "The pump was broken on purpose", "certainty", 4),
    ("The pump was allegedly broken on purpose", "The pump was broken on purpose", "certainty", 4),
    ("Apparently the pump was broken on purpose", "The pump was broken on purpose", "certainty", 4),
    ("It is possible that the pump was broken", "The pump was broken", "certainty", 4),
    ("We close the yard at noon each day", "We closed the yard at noon each day", "inflection", 2),
    ("We did this for the children", "They did this for the children", "inflection", 2),
    ("I will sign the lease for my sister", "He will sign the lease for his sister", "inflection", 2),
    ("We can't keep the yard open", "We can keep the yard open", "polarity", 4),
    ("They haven't paid the crew since June", "They have paid the crew since June", "polarity", 4),
    ("Nobody warned the crew about the gate", "Somebody warned the crew about the gate", "polarity", 4),
    ("There is no danger to the village", "There is danger to the village", "polarity", 4),
    ("We cannot say that the mayor lied", "We can say that the mayor did not lie", "polarity", 4),
    ("He said he did not know the pilot", "He did not say he knew the pilot", "", 2),
    ("They hardly paid the crew that year", "They paid the crew that year", "polarity", 4),
    ("Neither the mayor nor the clerk was told", "Both the mayor and the clerk were told", "polarity", 4),
    ("The repair was possible before winter", "The repair was impossible before winter", "polarity", 4),
    ("It was a legal sale of the yard", "It was an illegal sale of the yard", "polarity", 4),
    ("The crew was happy with the deal", "The crew was unhappy with the deal", "polarity", 4),
    ("The report was accurate on this point", "The report was inaccurate on this point", "polarity", 4),
    ("We trust the new owners of the yard", "We distrust the new owners of the yard", "polarity", 4),
    ("The work was painful for the crew", "The work was painless for the crew", "polarity", 4),
    ("The judge found the captain guilty of fraud", "The judge found the captain innocent of fraud", "polarity", 4),
    ("The board praised the plan for the quay", "The board condemned the plan for the quay", "polarity", 4),
    ("The river is deep near the mill", "The river is shallow near the mill", "polarity", 4),
    ("They entered the hall by the back door", "They left the hall by the front door", "polarity", 4),
    ("The market is expanding in the east", "The market is shrinking in the east", "polarity", 4),
    ("It was a voluntary step by the owners", "It was a compulsory step by the owners", "polarity", 4),
    ("The permanent crew was sent home", "The temporary crew was sent home", "polarity", 4),
    ("The patient survived the crossing", "The patient died in the crossing", "polarity", 4),
    ("Pfizer stopped the trial in June", "The company stopped the trial in June", "entity", 4),
    ("The council met twice in June", "The council met three times in June", "number", 4),
    ("The council includes the islands in the plan", "The council excludes the islands from the plan", "polarity", 4),
    ("They were optimistic about the catch", "They were pessimistic about the catch", "polarity", 4),
    ("It is a major risk to the dam", "It is a minor risk to the dam", "polarity", 4),
    ("The mayor encouraged the walkout", "The mayor discouraged the walkout", "polarity", 4),
    ("The shop was full on Sunday", "The shop was empty on Sunday", "polarity", 4),
    ("We remember the promise he made", "We forget the promise he made", "polarity", 4),
    ("The Norwegian owner paid the crew", "The Swedish owner paid the crew", "entity", 4),
    ("We met the minister in Lisbon", "We met the minister in Madrid", "entity", 4),
    ("Tom Ferris signed the lease", "Tom Harris signed the lease", "entity", 4),
    ("The drug was made by Pfizer", "The drug was made by Moderna", "entity", 4),
    ("Dr. Ana Ruiz examined the crew", "Ana Ruiz examined the crew", "entity", 2),
    ("President Calder opened the new lock", "Calder opened the new lock", "entity", 2),
    ("Ana Ruiz stopped the trial in June", "She stopped the trial in June", "substitution entity", 3),
    ("The United Nations sent two ships", "The U.N. sent two ships", "spelling", 1),
    ("This is a very serious matter for us", "This is a serious matter for us", "intensity", 3),
    ("I completely agree with the mayor", "I agree with the mayor", "intensity", 3),
    ("We spoke to the government about it", "We spoke to the regime about it", "loaded", 3),
    ("The protesters reached the square by noon", "The mob reached the square by noon", "loaded", 3),
    (
        "We bought the yard in spring. The crane had been sold already. We will keep every job.",
        "We bought the yard in spring. We will keep every job.",
        "",
        3,
    ),
    ("I would not say that the mayor lied", "I would … say that the mayor lied", "marked-edit polarity", 4),
    ("He never told the crew about the leak", "He [always] told the crew about the leak", "marked-edit polarity", 4),
    ("She met him in the chapel", "[Ruiz] met him in the chapel", "marked-edit", 1),
    ("Tom Ferris met the crew in the chapel", "[Ana Ruiz] met the crew in the chapel", "marked-edit entity", 4),
    ("They sold 40 boats to the navy", "They sold [60] boats to the navy", "marked-edit number", 4),
    ("They sold 40 boats … to the navy", "They sold 60 boats … to the navy", "number", 4),
    ("Yesterday the ferry sank near the light", "The ferry sank near the light yesterday", "reorder", 2),
    ("The pump was perhaps broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("The pump was presumably broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("The pump was seemingly broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("The pump was purportedly broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("I suspect the pump was broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("It seems the pump was broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("I would imagine the pump was broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("My impression is that the pump was broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("Critics claim that the pump was broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("To my knowledge the pump was broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("Officials allege that the pump was broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("Rumour has it that the pump was broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("It is said that the pump was broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("The owners might close the yard next winter", "The owners will close the yard next winter", "certainty", 4),
    ("The owners may close the yard next winter", "The owners must close the yard next winter", "certainty", 4),
    ("The owners might close the yard next winter", "The owners do close the yard next winter", "certainty", 4),
    ("The owners plan to close the yard next winter", "The owners will close the yard next winter", "certainty", 4),
    ("The owners are set to close the yard next winter", "The owners will close the yard next winter", "certainty", 4),
    (
        "The owners will probably close the yard next winter",
        "The owners will close the yard next winter",
        "certainty",
        4,
    ),
    (
        "The owners are unlikely to close the yard next winter",
        "The owners will close the yard next winter",
        "certainty",
        4,
    ),
    ("We will sell the fleet unless the council objects", "We will sell the fleet", "certainty", 4),
    ("Provided the council agrees, we will sell the fleet", "We will sell the fleet", "certainty", 4),
    ("We will sell the fleet assuming the council agrees", "We will sell the fleet", "certainty", 4),
    ("On condition that the council agrees, we will sell the fleet", "We will sell the fleet", "certainty", 4),
    ("We will sell the fleet subject to approval by the council", "We will sell the fleet", "certainty", 4),
    ("Depending on the council, we will sell the fleet", "We will sell the fleet", "certainty", 4),
    ("We will sell the fleet should the council agree", "We will sell the fleet", "certainty", 4),
    ("Pending a vote of the council, we will sell the fleet", "We will sell the fleet", "certainty", 4),
    ("In my judgment, the pump was broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("Witnesses say the pump was broken by the crew", "The pump was broken by the crew", "certainty", 4),
    ("Should the council agree, we will sell the fleet", "We will sell the fleet", "certainty", 4),
    ("We will sell the fleet where possible", "We will sell the fleet", "certainty", 4),
    (
        "The ferry sank near the light in January with all hands",
        "The ferry sank near the light in June with all hands",
        "date",
        4,
    ),
    (
        "The ferry sank near the light last week with all hands",
        "The ferry sank near the light next week with all hands",
        "date",
        4,
    ),
    (
        "The ferry sank near the light at noon with all hands",
        "The ferry sank near the light at midnight with all hands",
        "date",
        4,
    ),
    (
        "The ferry sank near the light last Tuesday with all hands",
        "The ferry sank near the light last Thursday with all hands",
        "date",
        4,
    ),
    ("We had a long talk about Paris with the clerk", "We had a long talk about Rome with the clerk", "entity", 4),
    (
        "We had a long talk about Ana Ruiz with the clerk",
        "We had a long talk about Eva Ruiz with the clerk",
        "entity",
        4,
    ),
    (
        "We had a long talk about the Senate with the clerk",
        "We had a long talk about the House with the clerk",
        "entity",
        4,
    ),
    (
        "We had a long talk about Chancellor Weber with the clerk",
        "We had a long talk about Chancellor Braun with the clerk",
        "entity",
        4,
    ),
    (
        "We had a long talk about Airbus with the clerk",
        "We had a long talk about the planemaker with the clerk",
        "entity",
        4,
    ),
    (
        "We had a long talk about North Korea with the clerk",
        "We had a long talk about South Korea with the clerk",
        "entity",
        4,
    ),
    ("We had a long talk about Sunni with the clerk", "We had a long talk about Shia with the clerk", "entity", 4),
    (
        "We had a long talk about the Bronx with the clerk",
        "We had a long talk about Brooklyn with the clerk",
        "entity",
        4,
    ),
    (
        "We had a long talk about Mr. Ruiz with the clerk",
        "We had a long talk about Mrs. Ruiz with the clerk",
        "entity",
        4,
    ),
    ("The repair was extremely expensive for us", "The repair was expensive for us", "intensity", 3),
    ("The repair was totally expensive for us", "The repair was expensive for us", "intensity", 3),
    ("The repair was deeply expensive for us", "The repair was expensive for us", "intensity", 3),
    ("The repair was fairly expensive for us", "The repair was expensive for us", "intensity", 3),
    ("The repair was hugely expensive for us", "The repair was expensive for us", "intensity", 3),
    ("The repair was particularly expensive for us", "The repair was expensive for us", "intensity", 3),
    ("The repair was truly expensive for us", "The repair was expensive for us", "intensity", 3),
    ("The repair was clearly expensive for us", "The repair was expensive for us", "intensity", 3),
    ("The repair was undeniably expensive for us", "The repair was expensive for us", "intensity", 3),
    ("The repair was profoundly expensive for us", "The repair was expensive for us", "intensity", 3),
    ("The repair was moderately expensive for us", "The repair was expensive for us", "intensity", 3),
    ("We saw that all boats had left the bay", "We saw that most boats had left the bay", "intensity", 3),
    ("We saw that many boats had left the bay", "We saw that most boats had left the bay", "intensity", 3),
    ("We saw that all boats had left the bay", "We saw that nearly all boats had left the bay", "intensity", 3),
    ("The crew sometimes locked the gate at dusk", "The crew often locked the gate at dusk", "intensity", 3),
    (
        "We spoke about the tax cut for an hour last night",
        "We spoke about the giveaway for an hour last night",
        "loaded",
        3,
    ),
    (
        "We spoke about the fighters for an hour last night",
        "We spoke about the terrorists for an hour last night",
        "loaded",
        3,
    ),
    (
        "We spoke about the mistake for an hour last night",
        "We spoke about the blunder for an hour last night",
        "loaded",
        3,
    ),
    (
        "We spoke about the undocumented for an hour last night",
        "We spoke about the illegal for an hour last night",
        "loaded",
        3,
    ),
    (
        "We spoke about the statement for an hour last night",
        "We spoke about the rant for an hour last night",
        "loaded",
        3,
    ),
    (
        "We spoke about the protest for an hour last night",
        "We spoke about the riot for an hour last night",
        "loaded",
        3,
    ),
    ("They counted 12 of them near the old quay", "They counted 21 of them near the old quay", "number", 4),
    ("They counted a dozen of them near the old quay", "They counted two dozen of them near the old quay", "number", 4),
    ("They counted €40 of them near the old quay", "They counted £40 of them near the old quay", "number", 4),
    (
        "They counted half a million of them near the old quay",
        "They counted a quarter of a million of them near the old quay",
        "number",
        4,
    ),
    (
        "They counted 30,412 of them near the old quay",
        "They counted more than 30,000 of them near the old quay",
        "number",
        3,
    ),
    ("They counted twenty of them near the old quay", "They counted twelve of them near the old quay", "number", 4),
    ("They counted 0.5 of them near the old quay", "They counted 5 of them near the old quay", "number", 4),
    ("They counted minus 5 of them near the old quay", "They counted 5 of them near the old quay", "number", 4),
    (
        "They counted tens of thousands of them near the old quay",
        "They counted thousands of them near the old quay",
        "number",
        4,
    ),
    ("The firm did not pay the crew in June", "The firm paid the crew in June", "polarity", 4),
    ("The firm failed to pay the crew in June", "The firm managed to pay the crew in June", "polarity", 4),
    ("The firm wasn't able to pay the crew in June", "The firm was able to pay the crew in June", "polarity", 4),
    ("The firm won't pay the crew in June", "The firm will pay the crew in June", "polarity", 4),
    ("The firm declined to pay the crew in June", "The firm agreed to pay the crew in June", "polarity", 4),
    ("The firm isn't paid by the crew in June", "The firm is paid by the crew in June", "polarity", 4),
    ("The firm paid without the crew in June", "The firm paid with the crew in June", "polarity", 4),
    ("The firm ain't paying the crew in June", "The firm is paying the crew in June", "polarity", 4),
    ("The firm refused to pay the crew in June", "The firm agreed to pay the crew in June", "polarity", 4),
    ("The firm failed to pay the crew in June", "The firm paid the crew in June", "polarity", 4),
    (
        "The firm lacks the money to pay the crew in June",
        "The firm has the money to pay the crew in June",
        "polarity",
        4,
    ),
    ("The firm refused to pay the crew in June", "The firm paid the crew in June", "polarity", 4),
    ("The firm neglected to pay the crew in June", "The firm paid the crew in June", "polarity", 4),
    (
        "We spoke about the said for an hour last night",
        "We spoke about the admitted for an hour last night",
        "substitution",
        3,
    ),
    (
        "We spoke about the decline for an hour last night",
        "We spoke about the collapse for an hour last night",
        "substitution",
        3,
    ),
    # a clause that comes and goes as a whole turns nothing that is kept
    ("The clerk, who did not know him, signed the lease", "The clerk signed the lease", "omission", 3),
    ("We walk rather than drive to the yard", "We drive rather than walk to the yard", "reorder", 2),
]


@pytest.mark.parametrize(("a", "b", "labels", "severity"), ALTERED)
def test_an_alteration_is_named_and_weighed(a: str, b: str, labels: str, severity: int) -> None:
    found = compare(Side(a), Side(b))
    assert found.same
    assert set(labels.split()) <= {drift.label.value for drift in found.drift}
    assert found.severity == severity
    assert replay(a, b, found.ops) == b


@pytest.mark.parametrize(("a", "b", "labels", "severity"), ALTERED)
def test_no_alteration_passes_for_the_same_words_in_either_direction(
    a: str, b: str, labels: str, severity: int
) -> None:
    for one, other in ((a, b), (b, a)):
        found = compare(Side(one), Side(other))
        assert not found.same or {drift.label for drift in found.drift} - {Label.TYPOGRAPHIC}


#: The same words, written otherwise or said twice: at most something that an editor may look at.
HARMLESS = [
    ("The twenty-first boat won the race", "The 21st boat won the race", 1),
    ("World War II ended the trade", "World War Two ended the trade", 1),
    ("The e-mail was sent on-line to the co-operative", "The email was sent online to the cooperative", 1),
    # a clause said twice hedges nothing
    ("I think we will keep the yard open", "I think, I think we will keep the yard open", 2),
    ("We will keep the yard open all winter", "We will keep the the yard open all winter", 2),
    # what a transcript has and print leaves out
    ("We will keep the yard open all winter", "We, um, will keep the, you know, yard open all winter", 2),
    ("The yard closed in the 1990s after the strike", "The yard closed in the nineties after the strike", 1),
    ("The yard closed in the 1990s after the strike", "The yard closed in the ’90s after the strike", 1),
    ("We had boats, nets and a mill", "We had nets, a mill and boats", 2),
]


@pytest.mark.parametrize(("a", "b", "most"), HARMLESS)
def test_the_same_words_written_otherwise_raise_no_alarm(a: str, b: str, most: int) -> None:
    for one, other in ((a, b), (b, a)):
        found = compare(Side(one), Side(other))
        assert found.same
        assert found.severity <= most


def test_long_sides_are_aligned_and_one_changed_figure_is_found() -> None:
    lines = [
        f"On day {number} the crew of boat {number * 7 % 101} hauled net {number} over the rail."
        for number in range(700)
    ]
    a = " ".join(lines)
    b = " ".join([*lines[:350], lines[350].replace("350 the", "351 the"), *lines[351:600], *lines[605:]])
    found = compare(Side(a), Side(b))
    assert found.same
    assert replay(a, b, found.ops) == b
    assert "350" in [a[slice(*drift.a)] for drift in found.drift if drift.label is Label.NUMBER and drift.a]
