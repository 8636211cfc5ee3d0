-- By what a side that signed on screen was known: a code sent to its own telephone, or the account that is that side. The number stands nowhere.
-- Signatures from before this was asked have none.
alter table dispute_signature add column proved_by text check (proved_by in ('code', 'account')),
  add constraint dispute_signature_proved check (way = 'screen' or proved_by is null);
