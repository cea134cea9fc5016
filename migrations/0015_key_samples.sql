-- SPDX-License-Identifier: Apache-2.0

-- Nothing to do here: SQLite takes samples of what it keeps only when it is told to, and nobody tells it. The number is here so that both
-- engines count alike.
