"""Grammar: the labels that a parse carries, in the order in which the parser scores them."""

from __future__ import annotations

# Universal Dependencies 2 as the English treebanks use it.
# https://universaldependencies.org/en/dep
DEPENDENCIES = tuple(
    "root acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj "
    "ccomp compound compound:prt conj cop csubj csubj:outer csubj:pass dep det det:predet "
    "discourse dislocated expl fixed flat goeswith iobj list mark nmod nmod:desc nmod:poss "
    "nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:unmarked orphan "
    "parataxis punct reparandum vocative xcomp".split()
)
PARTS_OF_SPEECH = tuple(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
)
# The Penn Treebank's tags, with those that the treebanks of the web added.
PENN_TAGS = tuple(
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW GW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS "
    "PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB ``".split()
)

# Labels under which a clause stands, or a phrase that is no part of the noun's own name.
CLAUSES = frozenset(
    "acl acl:relcl advcl advcl:relcl ccomp csubj csubj:outer csubj:pass parataxis xcomp".split()
)
ASIDES = frozenset("appos cc conj discourse parataxis punct".split())
