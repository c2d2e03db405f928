"""Creation commands, PINs, agreements, and the directory that the desk searches."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

CREATION = (
    """
    CREATE TABLE creation_command (
        id text CONSTRAINT pk_creation_command PRIMARY KEY,
        user_id text NOT NULL,
        fingerprint bytea NOT NULL,
        answer bytea,
        created timestamptz NOT NULL
    )
    """,
    "CREATE INDEX ix_creation_command_created ON creation_command (created)",
    """
    CREATE TABLE customer_pin (
        customer_id text CONSTRAINT pk_customer_pin PRIMARY KEY
            CONSTRAINT fk_customer_pin_customer_id_customer REFERENCES customer,
        hash text NOT NULL,
        changed timestamptz NOT NULL
    )
    """,
    """
    CREATE TABLE agreement_given (
        id text CONSTRAINT pk_agreement_given PRIMARY KEY,
        customer_id text NOT NULL
            CONSTRAINT fk_agreement_given_customer_id_customer REFERENCES customer,
        way text NOT NULL,
        at timestamptz NOT NULL,
        terms_version text NOT NULL,
        terms_hash text NOT NULL,
        of_terms_in_force boolean NOT NULL,
        recorded_by text NOT NULL,
        recorded timestamptz NOT NULL
    )
    """,
    "CREATE INDEX ix_agreement_given_customer_id ON agreement_given (customer_id, at)",
    """
    CREATE TABLE creation_message (
        command_id text CONSTRAINT fk_creation_message_command_id_creation_command
            REFERENCES creation_command,
        position integer,
        customer_id text NOT NULL
            CONSTRAINT fk_creation_message_customer_id_customer REFERENCES customer,
        order_id text NOT NULL
            CONSTRAINT fk_creation_message_order_id_product_order REFERENCES product_order,
        message jsonb NOT NULL,
        CONSTRAINT pk_creation_message PRIMARY KEY (command_id, position)
    )
    """,
)

# What the desk searches: one row for each customer, made anew by the database itself at the end
# of every transaction that changed what is in it, whoever wrote it and however.
DIRECTORY = (
    "CREATE SEQUENCE directory_revision",
    """
    CREATE TABLE directory_entry (
        customer_id text CONSTRAINT pk_directory_entry PRIMARY KEY
            CONSTRAINT fk_directory_entry_customer_id_customer
            REFERENCES customer ON DELETE CASCADE,
        reseller text NOT NULL,
        name text NOT NULL,
        given_name text,
        family_name text,
        sort_name text NOT NULL,
        address text,
        postcode text,
        telephones text[] NOT NULL,
        emails text[] NOT NULL,
        order_numbers text[] NOT NULL,
        iccids text[] NOT NULL,
        overdue boolean NOT NULL,
        words tsvector NOT NULL,
        revision bigint NOT NULL,
        transaction bigint NOT NULL
    )
    """,
    "CREATE INDEX ix_directory_entry_words ON directory_entry USING gin (words)",
    "CREATE INDEX ix_directory_entry_reseller ON directory_entry (reseller, customer_id)",
)

# Text as it is looked up: small letters without marks. The letters of the North are written in
# two ways, ae or a, oe or o, ue or u; each of the three flags chooses the longer one.
FOLDING = (
    r"""
    CREATE FUNCTION directory_fold(given text, a boolean, o boolean, u boolean) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
        folded text := translate(
            normalize(given, NFC), $x$ÅÄÆÖØŒÜÞÐĐŁıðđł'’$x$, 'åäæöøœüþddliddl');
    BEGIN
        folded := replace(replace(folded, 'ß', 'ss'), 'þ', 'th');
        IF a THEN
            folded := replace(replace(replace(folded, 'å', 'aa'), 'ä', 'ae'), 'æ', 'ae');
        ELSE
            folded := translate(folded, 'åäæ', 'aaa');
        END IF;
        IF o THEN
            folded := replace(replace(replace(folded, 'ö', 'oe'), 'ø', 'oe'), 'œ', 'oe');
        ELSE
            folded := translate(folded, 'öøœ', 'ooo');
        END IF;
        IF u THEN
            folded := replace(folded, 'ü', 'ue');
        END IF;
        RETURN lower(regexp_replace(normalize(folded, NFKD), '[\u0300-\u036f]', '', 'g'));
    END $$
    """,
    r"""
    CREATE FUNCTION directory_words(given text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
        spelt text := directory_fold(given, false, false, false);
        a boolean;
        o boolean;
        u boolean;
    BEGIN
        IF given ~ '[^\x01-\x7f]' THEN
            FOREACH a IN ARRAY ARRAY[false, given ~ '[åäæÅÄÆ]'] LOOP
                FOREACH o IN ARRAY ARRAY[false, given ~ '[öøœÖØŒ]'] LOOP
                    FOREACH u IN ARRAY ARRAY[false, given ~ '[üÜ]'] LOOP
                        IF a OR o OR u THEN
                            spelt := spelt || ' ' || directory_fold(given, a, o, u);
                        END IF;
                    END LOOP;
                END LOOP;
            END LOOP;
        END IF;
        RETURN ARRAY(SELECT DISTINCT left(word, 40)
            FROM regexp_split_to_table(spelt, '[[:space:][:punct:]]+') word WHERE word <> '');
    END $$
    """,
    r"""
    CREATE FUNCTION directory_national(given text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT CASE
            WHEN starts_with(digits, '0044') THEN '0' || ltrim(substr(digits, 5), '0')
            WHEN starts_with(digits, '44') AND given ~ '[+]'
            THEN '0' || ltrim(substr(digits, 3), '0')
            ELSE digits
        END FROM regexp_replace(given, '[^0-9]', '', 'g') digits
    $$
    """,
    r"""
    CREATE FUNCTION directory_query(given text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT CASE
            WHEN given ~ '^[-+()./0-9[:space:]]*$' AND directory_national(given) <> ''
            THEN (directory_national(given) || ':*')::tsquery
            ELSE (
                SELECT string_agg('(' || spelt || ')', ' & ')::tsquery
                FROM regexp_split_to_table(translate(given, $x$'’$x$, ''), '[[:space:][:punct:]]+')
                         WITH ORDINALITY AS parts(part, place),
                     LATERAL (
                         SELECT string_agg(quote_literal(word) || ':*', ' | ') AS spelt
                         FROM unnest(directory_words(part)) word
                     ) ways
                WHERE spelt IS NOT NULL AND place <= 12
            )
        END
    $$
    """,
)
REFRESH = (
    """
    CREATE FUNCTION directory_media(customer customer) RETURNS jsonb
    LANGUAGE plpgsql STABLE AS $$
    DECLARE
        party jsonb;
    BEGIN
        IF customer.individual_id IS NOT NULL THEN
            SELECT document -> 'contactMedium' INTO party
                FROM individual WHERE id = customer.individual_id;
        ELSE
            SELECT document -> 'contactMedium' INTO party
                FROM organization WHERE id = customer.organization_id;
        END IF;
        RETURN coalesce(customer.document -> 'contactMedium', '[]') || coalesce(party, '[]');
    END $$
    """,
    """
    CREATE FUNCTION directory_telephones(whose text, media jsonb) RETURNS text[]
    LANGUAGE plpgsql STABLE AS $$
    BEGIN
        RETURN ARRAY(
            SELECT value FROM (
                SELECT value, CASE type WHEN 'mobile' THEN 1 ELSE 2 END AS source
                FROM telephone_number WHERE used_by = whose
                UNION ALL
                SELECT directory_national(medium #>> '{characteristic,phoneNumber}'), 3
                FROM jsonb_array_elements(media) medium
                WHERE medium #>> '{characteristic,phoneNumber}' <> ''
            ) every GROUP BY value ORDER BY min(source), value
        );
    END $$
    """,
    """
    CREATE FUNCTION directory_entry_of(customer customer) RETURNS directory_entry
    LANGUAGE plpgsql STABLE AS $$
    DECLARE
        entry directory_entry;
        media jsonb := directory_media(customer);
        postal jsonb;
    BEGIN
        entry.customer_id := customer.id;
        entry.reseller := customer.reseller;
        entry.name := customer.name;
        SELECT given_name, family_name INTO entry.given_name, entry.family_name
            FROM individual WHERE id = customer.individual_id;
        entry.sort_name :=
            directory_fold(coalesce(entry.family_name, customer.name), false, false, false);
        SELECT medium -> 'characteristic' INTO postal FROM jsonb_array_elements(media) medium
            WHERE medium #>> '{characteristic,street1}' <> ''
            ORDER BY coalesce((medium ->> 'preferred')::boolean, false) DESC LIMIT 1;
        entry.postcode := postal ->> 'postCode';
        entry.address := nullif(concat_ws(', ', postal ->> 'street1', postal ->> 'street2',
            nullif(concat_ws(' ', postal ->> 'city', entry.postcode), '')), '');
        entry.telephones := directory_telephones(customer.id, media);
        entry.emails := ARRAY(SELECT DISTINCT medium #>> '{characteristic,emailAddress}'
            FROM jsonb_array_elements(media) medium
            WHERE medium #>> '{characteristic,emailAddress}' <> '');
        entry.order_numbers := ARRAY(SELECT order_number FROM product_order
            WHERE customer_id = customer.id ORDER BY ordered DESC, order_number);
        entry.iccids := ARRAY(SELECT iccid FROM sim WHERE used_by = customer.id ORDER BY iccid);
        entry.overdue := EXISTS (SELECT FROM billing_account WHERE customer_id = customer.id
            AND document ->> 'paymentStatus' = 'inArrears');
        entry.words := array_to_tsvector(ARRAY(SELECT DISTINCT word FROM unnest(
            directory_words(concat_ws(' ', customer.id, customer.name, entry.given_name,
                entry.family_name, entry.address, replace(entry.postcode, ' ', ''),
                array_to_string(entry.emails, ' '), array_to_string(entry.order_numbers, ' '),
                array_to_string(entry.iccids, ' ')))
            || entry.telephones
            || ARRAY(SELECT right(value, 6) FROM unnest(entry.telephones) value)
            || ARRAY(SELECT right(value, 7) FROM unnest(entry.iccids) value)) word
            WHERE word <> ''));
        entry.revision := nextval('directory_revision');
        entry.transaction := pg_current_xact_id()::text::bigint;
        RETURN entry;
    END $$
    """,
    """
    CREATE FUNCTION directory_refresh(wanted text) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        -- one at a time: a row deleted and made anew by another is not seen by a waiting DELETE
        PERFORM pg_advisory_xact_lock(7204116, hashtext(wanted));
        PERFORM FROM directory_entry WHERE customer_id = wanted
            AND transaction = pg_current_xact_id()::text::bigint;
        IF FOUND THEN
            RETURN;
        END IF;
        DELETE FROM directory_entry WHERE customer_id = wanted;
        INSERT INTO directory_entry
            SELECT entry.* FROM customer, directory_entry_of(customer) entry WHERE id = wanted;
    END $$
    """,
)

TRIGGERS = (
    """
    CREATE FUNCTION directory_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        found text;
    BEGIN
        CASE TG_TABLE_NAME
            WHEN 'customer' THEN PERFORM directory_refresh(NEW.id);
            WHEN 'individual' THEN
                FOR found IN SELECT id FROM customer WHERE individual_id = NEW.id LOOP
                    PERFORM directory_refresh(found);
                END LOOP;
            WHEN 'organization' THEN
                FOR found IN SELECT id FROM customer WHERE organization_id = NEW.id LOOP
                    PERFORM directory_refresh(found);
                END LOOP;
            ELSE PERFORM directory_refresh(NEW.customer_id);
        END CASE;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION directory_use_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM directory_refresh(NEW.used_by);
        IF TG_OP = 'UPDATE' THEN
            PERFORM directory_refresh(OLD.used_by);
        END IF;
        RETURN NULL;
    END $$
    """,
    *(
        f"""
        CREATE CONSTRAINT TRIGGER directory_changed AFTER INSERT OR UPDATE ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION directory_changed()
        """
        for table in ("customer", "individual", "organization", "billing_account")
    ),
    """
    CREATE CONSTRAINT TRIGGER directory_changed AFTER INSERT ON product_order
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION directory_changed()
    """,
    *(
        f"""
        CREATE CONSTRAINT TRIGGER directory_used AFTER INSERT ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.used_by IS NOT NULL)
        EXECUTE FUNCTION directory_use_changed()
        """
        for table in ("telephone_number", "sim")
    ),
    *(
        f"""
        CREATE CONSTRAINT TRIGGER directory_use_changed AFTER UPDATE ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (OLD.used_by IS DISTINCT FROM NEW.used_by)
        EXECUTE FUNCTION directory_use_changed()
        """
        for table in ("telephone_number", "sim")
    ),
    "INSERT INTO directory_entry SELECT entry.* FROM customer, directory_entry_of(customer) entry",
)


def upgrade() -> None:
    for statement in (*CREATION, *DIRECTORY, *FOLDING, *REFRESH, *TRIGGERS):
        op.get_bind().exec_driver_sql(statement)
