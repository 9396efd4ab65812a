"""The tree over the heads of all chains: whatever is cut, changed or put elsewhere gives another top."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from core.audit.roots import tree
from core.audit.roots.tree import DEPTH, Leaf, PlaceTakenError, Tree, leaf_hash, place_of, salt_of, top_over
from tests.core.audit.roots import SEED

pytestmark = pytest.mark.unit

hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
heads = st.dictionaries(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12), st.tuples(st.integers(0, 9), hashes)
)


def leaves_of(given_heads: dict[str, tuple[int, str]]) -> list[Leaf]:
    return [Leaf(chain, sequence, value) for chain, (sequence, value) in given_heads.items()]


@given(heads)
def test_every_path_leads_from_its_chain_to_the_top(given_heads: dict[str, tuple[int, str]]) -> None:
    leaves = leaves_of(given_heads)
    whole = Tree(leaves, SEED)
    for leaf in leaves:
        path = whole.path(leaf.chain)
        assert (len(path), top_over(leaf, salt_of(SEED, leaf.chain), path)) == (DEPTH, whole.top)


@given(heads, st.data())
def test_the_order_in_which_chains_are_given_changes_nothing(given_heads: Any, data: Any) -> None:
    leaves = leaves_of(given_heads)
    assert Tree(data.draw(st.permutations(leaves)), SEED).top == Tree(leaves, SEED).top


@given(heads.filter(bool), st.data())
def test_a_chain_that_is_cut_changed_exchanged_or_left_out_gives_another_top(given_heads: Any, data: Any) -> None:
    leaves = leaves_of(given_heads)
    place = data.draw(st.integers(0, len(leaves) - 1))
    leaf = leaves[place]
    forged = {
        "cut": [leaf._replace(sequence=leaf.sequence + 1)],
        "changed": [leaf._replace(hash=leaf.hash[::-1] if leaf.hash != leaf.hash[::-1] else "0" * 63 + "1")],
        "exchanged": [leaf._replace(chain=f"{leaf.chain}/other")],
        "left out": [],
    }
    top = Tree(leaves, SEED).top
    for name, instead in forged.items():
        others = {each.chain for each in leaves} - {leaf.chain}
        if not {each.chain for each in instead} & others:
            assert Tree([*leaves[:place], *instead, *leaves[place + 1 :]], SEED).top != top, name


@given(heads.filter(bool), st.data())
def test_a_path_that_is_changed_or_reordered_leads_elsewhere(given_heads: Any, data: Any) -> None:
    leaves = leaves_of(given_heads)
    leaf = data.draw(st.sampled_from(leaves))
    whole = Tree(leaves, SEED)
    path, salt = whole.path(leaf.chain), salt_of(SEED, leaf.chain)
    at = data.draw(st.integers(0, DEPTH - 2))
    swapped = [*path[:at], path[at + 1], path[at], *path[at + 2 :]]
    altered = [*path[:at], "0" * 64, *path[at + 1 :]]
    for forged in (swapped, altered, path[:-1], [*path, "0" * 64]):
        assert top_over(leaf, salt, forged) != whole.top
    assert top_over(leaf, "0" * 64, path) != whole.top


@given(heads, hashes)
def test_a_path_does_not_tell_how_many_chains_there_are(given_heads: Any, value: str) -> None:
    """Of one chain alone and of many it has the same length, and no hash in it is one that anybody knows."""
    own = Leaf("untoc/1-XAA", 3, value)
    many = [own, *(leaf for leaf in leaves_of(given_heads) if leaf.chain != own.chain)]
    alone, among = (Tree(leaves, SEED).path(own.chain) for leaves in ([own], many))
    assert len(alone) == len(among) == DEPTH
    assert len(set(among)) == len(among)
    assert not set(Tree(many, b"\x06" * 32).path(own.chain)) & set(among), "another night has nothing in common"


def test_a_leaf_is_no_node_and_a_salt_tells_nothing_of_another() -> None:
    leaf = Leaf("untoc/1-XAA", 3, "a" * 64)
    assert leaf_hash(leaf, "b" * 64) != leaf_hash(leaf, "c" * 64)
    assert len({salt_of(SEED, chain) for chain in ("a", "b", "empty")} | {salt_of(b"", "a")}) == 4
    assert Tree([], SEED).top != Tree([], b"\x06" * 32).top


def test_two_chains_in_one_place_are_no_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "place_of", lambda chain: 7)
    with pytest.raises(PlaceTakenError):
        Tree([Leaf("a", 1, "a" * 64), Leaf("b", 1, "a" * 64)], SEED)


def test_the_place_of_a_chain_is_what_its_name_says() -> None:
    assert place_of("portal") == place_of("portal") < 2**DEPTH
    assert place_of("portal") != place_of("untoc")
