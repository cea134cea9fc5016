-- SPDX-License-Identifier: Apache-2.0

-- PostgreSQL keeps samples of values for its planner, and would keep those of keys that were destroyed.
alter table person_key_secret alter column sealed set statistics 0;
