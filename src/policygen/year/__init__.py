"""From a policy and a day to what its year holds. Pure: no disk, and the day is always given."""
