import django.db.models.deletion
from django.db import migrations, models

KEY = models.BigAutoField(
    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
)


def show(apps, schema_editor):
    """What was stored until now is what is read."""
    runs = apps.get_model("matching", "Run").objects
    runs.filter(state="done").update(is_shown=True)


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_balanced_sets")]

    operations = [
        # What a run under way has done is done again: nothing of it lasts.
        migrations.DeleteModel("RunBlock"),
        migrations.CreateModel(
            name="RunBlock",
            fields=[
                ("id", KEY.clone()),
                ("number", models.PositiveIntegerField(verbose_name="numéro")),
                ("label", models.CharField(max_length=200, verbose_name="lieux")),
                ("rows", models.BinaryField(verbose_name="intentions")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "à calculer"),
                            ("ranked", "calculée"),
                            ("stored", "enregistrée"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="état",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="matching.run",
                        verbose_name="calcul",
                    ),
                ),
            ],
            options={
                "verbose_name": "partie d’un calcul",
                "verbose_name_plural": "parties d’un calcul",
            },
        ),
        migrations.CreateModel(
            name="RunLists",
            fields=[
                ("id", KEY.clone()),
                (
                    "target",
                    models.PositiveIntegerField(verbose_name="partie qui enregistre"),
                ),
                (
                    "source",
                    models.PositiveIntegerField(verbose_name="partie qui calcule"),
                ),
                ("content", models.BinaryField(verbose_name="listes")),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lists",
                        to="matching.run",
                        verbose_name="calcul",
                    ),
                ),
            ],
            options={
                "verbose_name": "listes d’un calcul",
                "verbose_name_plural": "listes d’un calcul",
            },
        ),
        migrations.CreateModel(
            name="RunPicture",
            fields=[
                ("id", KEY.clone()),
                ("number", models.PositiveIntegerField(verbose_name="numéro")),
                ("content", models.BinaryField(verbose_name="contenu")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="matching.run",
                        verbose_name="calcul",
                    ),
                ),
            ],
            options={
                "verbose_name": "image de la population",
                "verbose_name_plural": "images de la population",
            },
        ),
        migrations.AddField(
            model_name="run",
            name="parts_done",
            field=models.PositiveIntegerField(default=0, verbose_name="parties faites"),
        ),
        migrations.AddField(
            model_name="run",
            name="parts_total",
            field=models.PositiveIntegerField(
                default=0, verbose_name="parties à faire"
            ),
        ),
        migrations.AlterField(
            model_name="run",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "en attente"),
                    ("running", "en cours"),
                    ("done", "terminé"),
                    ("failed", "échoué"),
                    ("stopped", "arrêté"),
                ],
                default="queued",
                max_length=7,
                verbose_name="état",
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="is_shown",
            field=models.BooleanField(
                default=False, verbose_name="propositions montrées"
            ),
        ),
        migrations.RunPython(show, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_shown", False), ("state", "done"), _connector="OR"
                ),
                name="run_is_done_when_it_is_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("parts_done__lte", models.F("parts_total"))),
                name="run_does_not_exceed_its_parts",
            ),
        ),
        migrations.AddConstraint(
            model_name="runblock",
            constraint=models.UniqueConstraint(
                fields=("run", "number"), name="run_block_number_is_unique_per_run"
            ),
        ),
        migrations.AddConstraint(
            model_name="runlists",
            constraint=models.UniqueConstraint(
                fields=("run", "target", "source"),
                name="run_lists_come_once_from_each_block",
            ),
        ),
        migrations.AddConstraint(
            model_name="runpicture",
            constraint=models.UniqueConstraint(
                fields=("run", "number"), name="run_picture_has_each_piece_once"
            ),
        ),
        # A run writes its rows while those of the former one are read.
        migrations.RemoveConstraint(
            model_name="proposal", name="proposal_is_unique_per_pair"
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                fields=("low", "high", "run"),
                name="proposal_is_unique_per_pair_and_run",
            ),
        ),
    ]
