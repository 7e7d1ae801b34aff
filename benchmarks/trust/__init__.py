"""The long tests of the promises: kills, locks, damage, mutations; quoted in docs/reliability.md."""
