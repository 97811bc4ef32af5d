package io.wgsd.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Lookup;

/** What a library leaves to the application that embeds it, and what each of its packages declares. */
class MannersTest {

    private static final String[] APPLICATIONS = {"io.wgsd.command..", "io.wgsd.examples.."};

    @Test
    void noShutdownHookAndNoExit() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(APPLICATIONS)
                .should()
                .callMethod(Runtime.class, "addShutdownHook", Thread.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "exit", int.class));
    }

    @Test
    void noGlobalDefaultIsChanged() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(APPLICATIONS)
                .should()
                .callMethod(System.class, "setProperty", String.class, String.class)
                .orShould()
                .callMethodWhere(
                        target(owner(equivalentTo(Lookup.class))).and(target(nameStartingWith("setDefault")))));
    }

    @Test
    void nothingIsPrintedByTheLibrary() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(APPLICATIONS)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void eachPackageIsNullMarked() {
        List<JavaPackage> packages = OurClasses.ALL.getPackage("io.wgsd").getSubpackagesInTree().stream()
                .filter(each -> !each.getClasses().isEmpty())
                .toList();

        assertThat(packages).isNotEmpty();
        assertThat(packages)
                .filteredOn(each -> !each.isAnnotatedWith(NullMarked.class))
                .extracting(JavaPackage::getName)
                .as("packages without @NullMarked in package-info.java")
                .isEmpty();
    }

    @Test
    void noClassKnowsJUnitButTheContract() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("io.wgsd.testkit.contract..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.junit..").or(resideInAPackage("org.assertj.."))));
    }

    private static void holds(ArchRule rule) {
        rule.check(OurClasses.ALL);
    }
}
