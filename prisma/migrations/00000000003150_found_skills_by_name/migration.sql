-- Before a project is published it is said of each required skill whether any expert lists it.
CREATE INDEX "expert_skill_label_idx" ON "expert_skill"("label");
