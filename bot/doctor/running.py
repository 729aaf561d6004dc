"""Checks if a running bot has this very database."""

from collections.abc import Sequence
from datetime import timedelta

from bot.doctor.patient import Patient
from bot.model.findings import Finding, ok
from bot.workers.shards import LEASE


async def running(patient: Patient) -> Sequence[Finding]:
    """A finding on who delivers digests: whoever holds a lease renews it in this file every few seconds."""
    longest = patient.now + timedelta(seconds=LEASE)
    ends = await patient.store.lease.ends()
    leases = [name for name, end in ends.items() if patient.now < end <= longest]
    if leases:
        return [ok(f"A running bot has this database: it delivers digests on {' and '.join(leases)}")]
    return [ok("No running bot has this database, or it was started this very moment")]
