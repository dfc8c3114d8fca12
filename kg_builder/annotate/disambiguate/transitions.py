"""What may follow what: costs of one word class after another, as negative logarithms of estimated odds.

Estimates of ours from the grammar of news prose: a preposition governs a noun, لم a jussive, a sentence opens with a
verb or a noun, and so on. A pair that no row names costs `UNSEEN`. Classes, as `morphology.classes` gives them:

^ start; X punctuation; C and; VP VI VJ VC perfective, imperfective, jussive or subjunctive, imperative; VA كان;
ND NI NE NC NT noun with article, bare, with pronoun, in the construct state, with tanwin; HD person with article;
AD AI AE AT adjective; U "غير", which negates an adjective;
EL elative; P PE preposition, with pronoun; SA أن; SI إن and لكن; SE these with pronoun; SC other subordinators; J لم;
S لن and كي; Q قد; F future; G other negations; R relative; D demonstrative; O personal pronoun; T quantifier; B adverb;
# number; Z proper noun.
"""

from __future__ import annotations

UNSEEN = 5.0

_ROWS = """
^: VP 1.2, VI 2.4, ND 1.5, NI 2.2, NE 3, C 1.5, P 2, PE 3.2, Z 2.2, SI 3, SE 3.5, SC 3.2, D 2.8, B 3, G 3,
    J 3.2, Q 3.2, T 3.2, # 3, X 2, O 3.5, R 4, F 3.5, S 4, NT 4, AI 4, AD 4, NC 3.5, VJ 5
X: VP 1.8, VI 2.5, ND 1.8, NI 2.0, NE 2.6, C 1.5, P 1.6, PE 3, Z 2, SI 3, SE 3.2, SC 2.8, SA 3.5, D 3, B 3, G 3,
    J 3.5, Q 3.5, T 3, # 2, X 1.5, O 3.5, R 3.2, F 3.5, S 4, NT 2.8, AI 3, AD 3, NC 3, VJ 5
C: VP 1.7, VI 2.2, ND 1.6, NI 1.6, NE 2.1, P 1.8, PE 3, Z 2, SI 3, SE 3.2, SC 3, SA 3, D 2.7, B 2.8, G 2.8, J 3,
    Q 3.2, T 2.8, # 2.4, X 3, O 3, R 3, F 2.8, S 3.5, NT 2.9, AI 2.4, AD 2.2, AE 5, NC 3, VJ 4
VP: ND 1.2, NI 1.4, NE 2.3, P 1.5, PE 2.2, Z 2.2, SI 2.4, SE 2.6, SA 2.6, SC 3.5, D 2.8, B 2.8, T 2.8, # 1.9, O
    3.5, R 3, VI 3, VP 5.5, NT 2.6, AI 3.6, AD 6, C 3, X 2.4, G 4, Q 4, J 4.5, NC 2.6
VI: ND 1.3, NI 1.4, NE 2.2, P 1.4, PE 2.2, Z 2.5, SI 3.5, SE 3.5, SA 2, SC 3.5, D 2.8, B 2.8, T 2.8, # 2.8, O
    3.5, R 3, VI 3.8, VP 5.5, NT 2.6, AI 3.5, AD 6, C 2.8, X 2.3, G 4, NC 2.6
VJ: ND 1.3, NI 1.4, NE 2.2, P 1.4, PE 2.2, Z 2.5, SA 2.3, SC 3.5, D 2.8, B 2.8, T 2.8, # 2.8, O 3.5, R 3, VI
    2.8, VP 5.5, NT 2.6, AI 3.5, AD 6, C 2.8, X 2.3, NC 2.6
VC: ND 2, NI 2, P 2, X 2, C 3
ND: AD 1.2, P 1.6, PE 3.4, ND 2.2, NI 3, NE 3.4, VP 2.5, VI 2.5, C 2.2, R 2.5, Z 2.2, X 1.6, SI 4, SA 3.4, SC
    3.4, AI 3.4, NT 3.2, AT 3.4, B 3, D 3.4, # 2.8, G 3.5, F 4, Q 4, J 4, O 4, T 4, AE 4.5, NC 4.2
NI: ND 1.2, NI 2, AI 1.7, NE 2.3, P 1.9, PE 3, Z 1.8, X 2.2, C 2.5, VP 3.6, VI 3.3, AD 2.8, SA 3.4, D 2.9, #
    1.8, R 4, B 3.4, NT 3.6, T 3.6, G 4, SC 4, Q 4.5, J 4.2, NC 3.2
NE: P 1.5, AD 1.9, ND 2.4, NI 2.7, NE 3.4, C 2, VP 3.2, VI 3, X 1.7, R 3, AI 3, NT 3, AT 3, Z 2.6, SA 3.2,
    SC 3.2, B 3, D 3.5, PE 3.2, # 2.6, G 3.6, T 4, SI 4, Q 4.5
NC: ND 0.8, NI 1.7, NE 2, Z 1.8, D 3, T 3.5, # 3.5
NT: P 1.3, NT 3, AT 1.8, ND 3, NI 3.4, C 2.2, X 1.7, SA 2.6, PE 2.4, B 3, VI 3.2, VP 3.3, AI 3.5, R 4, Z 3.6,
    SC 3.2, # 3, NE 3.2, SI 3.4, J 4
AD: P 1.5, PE 3, ND 2.6, NI 2.8, AD 2, Z 2, C 1.9, X 1.6, VP 2.5, VI 2.5, R 2.7, NT 3.2, SA 3.2, SC 3.2, SI 4,
    B 3, D 3.4, # 3.2, NE 3.4, AI 3.6, G 3.6, F 4, Q 4, J 4, T 4, O 4
AI: P 1.4, PE 2.6, X 1.9, C 2, ND 2.2, NI 2.6, AI 2.4, NE 3, VP 3.6, VI 3.2, SA 2.6, SC 3.2, B 3, NT 3.5, Z 3.2,
    # 4, D 3.4, R 4, T 3.6
AT: P 1.4, PE 2.6, X 1.8, C 2.2, ND 2.6, NI 3, AT 3, SA 2.6, VI 3.2, VP 3.6, SC 3, B 3, NT 3.5, Z 3.2, # 3.2
AE: P 1.5, X 1.6, C 2, ND 2.6, NI 2.8, AI 3, VI 3.5, VP 3.5, Z 3
P: ND 1, NI 1.1, NE 2, Z 2.2, D 2.8, SA 3, SE 4, R 2.8, # 2.4, T 2.5, NC 2.6, P 2.2, PE 5, O 5, AI 5, AD 5, AE
    4.5, X 2.8, G 5, VP 7.5, VI 7.5, NT 6, B 4, SC 4.5
PE: ND 1.7, NI 1.7, P 1.9, X 1.7, C 2.2, VP 3.2, VI 3, NE 2.8, SA 3, B 3, NT 3, AI 3, Z 2.6, R 3.4, D 3, # 3.4,
    T 3.4, G 3.6, SC 3.4
SA: VI 0.8, VJ 1.2, ND 1.9, NI 2.9, NE 2.8, Z 2.7, D 3, P 3, PE 3.4, VP 2.7, G 3.2, T 3.5, # 4, SC 4, O 4, AI 5,
    R 3.5, B 4, NT 3.4, NC 7
SI: ND 1.2, NI 1.9, NE 2.2, Z 2, D 2.6, P 2.6, PE 3, VI 3.2, VP 3.2, G 3.2, T 3, # 3.2, SC 3.4, R 3.4, J 3.5,
    O 3.5, Q 4, F 4, B 3, NT 3.6, NC 7
SE: VI 1.2, VP 1.6, P 2.4, G 2.2, Q 2.4, J 2.3, NI 2.4, AI 2.2, ND 2.6, F 2.4, S 2.6, PE 2.8, B 2.6, SC 3, NE
    3.2, AT 4, T 3.4, X 3.5
SC: VP 1.4, VI 1.6, ND 1.8, NI 2.3, NE 2.4, Z 2.4, SI 2.6, SA 2.6, SE 2.8, P 2.4, PE 3, D 2.8, G 2.8, J 2.8, Q
    3, F 3, T 3, O 3, R 3, # 3.4, AI 4, X 3, S 3.4, SC 4
J: VJ 0.2, VI 0.3, P 5, ND 7, NI 6, VP 6
S: VJ 0.3, VI 0.3, VP 6, NI 6, ND 6, G 3
Q: VP 0.4, VI 1.2, NI 6, ND 6, G 3.4
F: VI 0.1, G 4
G: VI 0.8, NI 1.5, VP 1.9, P 2.6, PE 2.8, ND 2.6, VJ 2.6, SC 3, AI 2.8, NE 3, T 3, D 3, NT 3, O 3, C 4, X 3, R
    3.4
R: VP 1, VI 1.1, PE 2.6, P 2.4, G 2.8, J 2.8, F 3, Q 3.2, ND 3, NI 3, O 2.6, SC 3.4, AI 3.6, NE 3, X 4, S 3.2, D
    3.6, T 3.4
D: ND 0.6, VP 3, VI 2.6, NI 2.8, P 2.6, X 2.6, R 2.5, AD 3, AI 3, C 3, NE 3, O 3, Z 4, G 3.6, SA 4, D 4, SC 3.6
O: AI 1.8, NI 1.8, VI 2, ND 2, R 2.2, P 2, NE 2.6, VP 2.8, AD 3, G 3, X 2.4, C 2.6, SA 3, PE 3, B 3, D 3, NT 4,
    Q 3.6, J 3.6, Z 3.4
T: ND 0.9, NI 1, NE 2, P 1.8, Z 2.6, R 2.6, D 2.8, AI 2.4, AD 2.6, NT 4, X 3, # 2.6, VI 3.4, VP 4, C 3.4, SA 4
B: P 1.6, VP 2, VI 2, ND 2, NI 2, X 1.6, C 2.2, SA 2.6, SI 2.8, AI 2.6, NE 2.8, NT 3, Z 2.6, # 2.5, PE 3, D 3, B
    3, G 3.2, SC 3, T 3, R 3.2, J 3.6, AD 3.2, S 3.6, Q 4, SE 3.4
#: NI 0.9, NT 1.6, ND 2, # 1.8, P 1.8, X 1.7, Z 2.4, C 2, AI 2.8, AD 2.8, VP 4, VI 3.6, NE 3, R 4, B 3, SA 4, T
    4, D 4, NC 4
Z: Z 1, P 1.7, X 1.4, C 1.8, VP 2.5, VI 2.5, ND 2, NI 2.8, AD 2.8, R 3, SI 4, SA 3.2, SC 3.2, B 3.2, NT 3.4,
    AI 3.4, NE 3.2, # 2.8, PE 3.2, G 3.6, F 4, Q 4, D 3.6, J 4, AT 4
"""


def _table() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for line in _ROWS.strip().replace("\n    ", " ").splitlines():
        before, cells = line.split(": ")
        table[before] = {name: float(value) for name, value in (cell.split() for cell in cells.split(","))}
    table["EL"] = dict(table["NI"])
    table["HD"] = {**table["ND"], "Z": 1.2, "VP": 3.4}  # titles stand before names
    table["U"] = {**table["T"], "AI": 0.9, "AD": 0.9, "AT": 2.0, "ND": 2.6, "NI": 2.6}
    table["VA"] = {**table["VP"], "VP": 2.4, "VI": 1.6, "AI": 2.0, "NT": 2.0, "AT": 2.2, "Q": 3.0}
    for costs in table.values():  # "كان" stands where verbs do, elatives where nouns and adjectives do
        costs.setdefault("VC", 8.0)  # news seldom commands
        costs["HD"] = costs.get("ND", UNSEEN)
        costs["U"] = costs.get("T", UNSEEN)
        costs["VA"] = 0.2 + min(costs.get("VP", UNSEEN), costs.get("VI", UNSEEN))
        costs["EL"] = 0.2 + min(costs.get("NI", UNSEEN), costs.get("AI", UNSEEN))
    for negation in "GJS":
        table[negation]["EL"] = UNSEEN
    return table


TABLE = _table()


def cost(before: str, after: str) -> float:
    """The cost of class `after` directly behind class `before`."""
    return TABLE.get(before, {}).get(after, UNSEEN)
