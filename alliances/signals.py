"""What other applications may react to; sent inside the transaction.

A receiver only enqueues a job: the write and the job are stored together.
"""

from django.dispatch import Signal

# What matching reads of these intentions changed. Keyword: intention_ids, a list.
intentions_changed = Signal()

# Two organisations become one, before anything moves. Keywords: kept, absorbed. What can
# be there only once is fused by whom it belongs to; the rest moves by itself.
organisations_merge = Signal()
