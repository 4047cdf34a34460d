-- Nobody holds two roles of a pair in one regency at one time. The account is locked first, so that two
-- transactions that give one person an office each follow one another: the later one sees the office
-- of the earlier. What stands already may be shortened. This trigger runs before
-- office_lies_with_manager, which locks the same row less strictly. A term that ends before it begins is
-- refused by the constraint of the table.
CREATE OR REPLACE FUNCTION duties_stay_apart() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    scope text[] := ARRAY[current_setting('portal.low', true),
        current_setting('portal.high', true), current_setting('portal.agency', true)];
    regency text := left(NEW.area_id, 5);
    term daterange;
    apart boolean;
BEGIN
    IF NEW.ends_on < NEW.starts_on THEN
        RETURN NEW;
    END IF;
    term := daterange(NEW.starts_on, NEW.ends_on, '[]');
    IF TG_OP = 'UPDATE' AND NEW.role = OLD.role AND NEW.user_id = OLD.user_id
        AND regency = left(OLD.area_id, 5)
        AND term <@ daterange(OLD.starts_on, OLD.ends_on, '[]') THEN
        RETURN NEW;
    END IF;
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    PERFORM FROM villages_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
    apart := EXISTS (
        SELECT FROM villages_office o
        JOIN villages_rolepair p
            ON (p.first, p.second) IN ((NEW.role, o.role), (o.role, NEW.role))
        WHERE o.user_id = NEW.user_id AND o.id <> NEW.id AND left(o.area_id, 5) = regency
            AND (p.regency_id IS NULL OR p.regency_id = regency)
            AND daterange(o.starts_on, o.ends_on, '[]') && term
    );
    PERFORM set_config('portal.low', coalesce(scope[1], ''), true),
        set_config('portal.high', coalesce(scope[2], ''), true),
        set_config('portal.agency', coalesce(scope[3], ''), true);
    IF apart THEN
        RAISE EXCEPTION 'One person would hold two roles that stay apart'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'duties_stay_apart', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END
$$;
