"""Date order: what a cell tells, and what its column makes of one that can be read two ways."""

from __future__ import annotations

import pytest

from presslens.reading.date_order import DateOrders, order_in
from presslens.reading.dates import find_date


@pytest.mark.parametrize(
    ("value", "order"),
    [
        ("03/04/2024", "either"),
        ("3-4-24 10:15", "either"),
        ("25/04/2024", "day"),
        ("04/25/2024 09:00", "month"),
        ("04/04/2024", None),
        ("03.04.2024", None),
        ("2024-03-04", None),
        ("2024/03/04", None),
        ("25/26/2024", None),
        ("04/32/2024", None),
        ("0/4/2024", None),
        ("4 March 2024", None),
        ("03/04/2024" + " " * 200, None),
        (20240304, None),
        (None, None),
    ],
)
def test_the_order_that_a_cell_tells(value: object, order: str | None) -> None:
    assert order_in(value) == order


@pytest.mark.parametrize(
    ("shown", "day"),
    [("25/04/2024", "2024-04-03"), ("04/25/2024", "2024-03-04"), ("13-12-23", "2024-04-03")],
)
@pytest.mark.parametrize("value", ["03/04/2024", "3/4/24", "Wed 03-04-2024 10:15"])
def test_a_cell_is_read_as_its_column_shows(shown: str, day: str, value: str) -> None:
    orders = DateOrders()
    orders.look_at("date", shown)
    when = find_date(orders.plain("date", value), country="CA")
    assert when is not None
    assert when.day.isoformat() == day


def test_a_cell_of_another_column_or_kind_stays() -> None:
    orders = DateOrders()
    orders.look_at("date", "25/04/2024")
    assert orders.plain("updated", "03/04/2024") == "03/04/2024"
    assert orders.plain("date", "2024-04-03") == "2024-04-03"
    assert orders.plain("date", 1712102400) == 1712102400


def test_a_column_with_both_orders_has_no_date_where_it_could_be_either() -> None:
    orders = DateOrders()
    for value in ("25/04/2024", "04/25/2024"):
        orders.look_at("date", value)
    assert orders.plain("date", "03/04/2024") is None
    assert orders.plain("date", "26/04/2024") == "26/04/2024"


def test_columns_are_looked_at_until_they_tell() -> None:
    orders = DateOrders()
    assert not orders.look_at("date", "2024-04-03")
    assert orders.look_at("date", "03/04/2024")
    assert orders.look_at("date", "05/04/2024")
    assert not orders.look_at("date", "25/04/2024")


def test_hostile_tables_of_many_columns_of_dates_fill_no_memory() -> None:
    orders = DateOrders()
    told = [orders.look_at(f"date{n}", "03/04/2024") for n in range(1000)]
    assert sum(told) == 100
