import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0001_initial"),
        ("matching", "0001_initial"),
        ("territories", "0001_initial"),
    ]

    operations = [
        # Computed data: the next run fills the table again.
        migrations.DeleteModel(name="Proposal"),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "scores",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(null=True),
                        size=4,
                        verbose_name="scores",
                    ),
                ),
                ("confidence", models.FloatField(verbose_name="confiance")),
                (
                    "low_objectives",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(),
                        null=True,
                        size=4,
                        verbose_name="objectifs (1re)",
                    ),
                ),
                (
                    "low_needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(),
                        null=True,
                        size=4,
                        verbose_name="besoins (1re)",
                    ),
                ),
                (
                    "high_objectives",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(),
                        null=True,
                        size=4,
                        verbose_name="objectifs (2de)",
                    ),
                ),
                (
                    "high_needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(),
                        null=True,
                        size=4,
                        verbose_name="besoins (2de)",
                    ),
                ),
                ("domains", models.FloatField(null=True, verbose_name="domaines")),
                ("territory", models.FloatField(null=True, verbose_name="territoire")),
                ("proximity", models.FloatField(null=True, verbose_name="proximité")),
                (
                    "best_type",
                    models.PositiveSmallIntegerField(verbose_name="type le mieux noté"),
                ),
                ("best_score", models.FloatField(verbose_name="meilleur score")),
                (
                    "named_type",
                    models.PositiveSmallIntegerField(verbose_name="type nommé"),
                ),
                (
                    "naming_reason",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="règle de nommage"
                    ),
                ),
                (
                    "low_ranks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        size=4,
                        verbose_name="rangs (1re)",
                    ),
                ),
                (
                    "high_ranks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        size=4,
                        verbose_name="rangs (2de)",
                    ),
                ),
                (
                    "warnings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        size=4,
                        verbose_name="avertissements",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposition",
                "verbose_name_plural": "propositions",
            },
        ),
        migrations.CreateModel(
            name="RunBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(
                        max_length=64, verbose_name="empreinte des données"
                    ),
                ),
                ("intentions", models.BinaryField(verbose_name="intentions")),
                ("lists", models.BinaryField(verbose_name="listes")),
            ],
            options={
                "verbose_name": "partie d’un calcul",
                "verbose_name_plural": "parties d’un calcul",
            },
        ),
        migrations.RemoveConstraint(
            model_name="run",
            name="run_active_is_unique_per_scope",
        ),
        migrations.AddField(
            model_name="run",
            name="scope",
            field=models.CharField(
                choices=[
                    ("everything", "toutes les intentions"),
                    ("territory", "un territoire"),
                    ("intentions", "quelques intentions modifiées"),
                ],
                default="everything",
                max_length=10,
                verbose_name="étendue",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("scope__in", ("everything", "territory")),
                    ("state__in", ("queued", "running")),
                ),
                fields=("scope", "territory"),
                name="run_active_is_unique_per_scope",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scope", "territory"), ("territory__isnull", False)),
                    models.Q(
                        models.Q(("scope", "territory"), _negated=True),
                        ("territory", None),
                    ),
                    _connector="OR",
                ),
                name="run_has_a_territory_when_its_scope_is_one",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="high",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="alliances.intention",
                verbose_name="seconde intention",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="low",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="alliances.intention",
                verbose_name="première intention",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="run",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="proposals",
                to="matching.run",
                verbose_name="calcul",
            ),
        ),
        migrations.AddField(
            model_name="runblock",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="blocks",
                to="matching.run",
                verbose_name="calcul",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                fields=("low", "high"), name="proposal_is_unique_per_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("low__lt", models.F("high"))),
                name="proposal_low_precedes_high",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("best_score__range", (0, 1))),
                name="proposal_score_is_between_0_and_1",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("best_type__lt", 4), ("named_type__lt", 4)),
                name="proposal_types_are_known",
            ),
        ),
    ]
