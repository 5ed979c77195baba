"""Run migrations on the connection, and in the transaction, that the caller brings."""

from alembic import context
from sqlalchemy import Connection

from tracker.storage.models import metadata

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,  # else a killed migration can't be run again
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
