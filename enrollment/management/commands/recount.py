from django.core.management.base import BaseCommand

from enrollment.counts import actions


class Command(BaseCommand):
    help = "Counts everybody again, corrects the counts that pages show, and tells what differed."

    def handle(self, **options):
        differences = actions.recount()
        for place, what, people, rupiah in differences:
            self.stdout.write(f"{place} {what}: {people:+} people, {rupiah:+} rupiah")
        self.stdout.write(f"{len(differences)} counts were wrong." if differences else "All right.")
