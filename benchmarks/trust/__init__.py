"""The long tests of the promises: kills, locks, damage, mutations; run by hand, quoted in docs/reliability.md."""
