from django.db import migrations

from villages.migrations.operations import rowsecurity as rs

OWN_ACCOUNT = f"id::text = {rs.USER} OR username = {rs.LOGIN}"
VISIBLE_ACCOUNT = "EXISTS (SELECT FROM villages_user account WHERE account.id = user_id)"
WHOLE_COUNTRY = f"{rs.HIGH} = '~'"


class Migration(migrations.Migration):
    """Areas and profiles are public knowledge; accounts and offices are not."""

    dependencies = [("villages", "0002_history")]

    operations = [
        rs.RowSecurity("villages_area", rs.within("code"), read="true"),
        rs.RowSecurity("villages_regency", rs.within("area_id"), read="true"),
        rs.RowSecurity("villages_agency", rs.within("regency_id"), read="true"),
        rs.RowSecurity(
            "villages_user",
            f"{rs.within('area_id')} OR {OWN_ACCOUNT} OR {WHOLE_COUNTRY}",
        ),
        rs.RowSecurity("villages_user_groups", VISIBLE_ACCOUNT),
        rs.RowSecurity("villages_user_user_permissions", VISIBLE_ACCOUNT),
        rs.RowSecurity(
            "villages_office",
            rs.within("area_id"),
            read=f"{rs.within('area_id')} OR user_id::text = {rs.USER}",
        ),
        rs.RowSecurity(
            "villages_regencyevent", rs.within("area_id"), check="true", append_only=True
        ),
        rs.RowSecurity(
            "villages_agencyevent", rs.within("regency_id"), check="true", append_only=True
        ),
        rs.RowSecurity(
            "villages_userevent",
            f"{rs.within('area_id')} OR {WHOLE_COUNTRY}",
            check="true",
            append_only=True,
        ),
        rs.RowSecurity(
            "villages_officeevent", rs.within("area_id"), check="true", append_only=True
        ),
    ]
