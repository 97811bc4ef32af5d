package io.wgsd.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Addresses are numbers to the model: nothing in it can ask a resolver, for a name or for an address. */
class NamesAreNotResolvedTest {

    private static final String MODEL = "io.wgsd.model..";

    @Test
    void theModelAsksNoResolver() {
        noClasses()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .callMethodWhere(target(owner(DescribedPredicate.describe(
                                "an address of the runtime", type -> type.isAssignableTo(InetAddress.class))))
                        .and(target(nameMatching("getByName|getAllByName|getLocalHost|getHostName|getCanonicalHostName"
                                + "|isReachable"))))
                .check(OurClasses.ALL);
    }

    @Test
    void theModelMakesNoSocketAddressOfAName() {
        noClasses()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .callConstructor(InetSocketAddress.class, String.class, int.class)
                .orShould()
                .callMethodWhere(target(owner(DescribedPredicate.describe(
                                "a socket address", (JavaClass type) -> type.isEquivalentTo(InetSocketAddress.class))))
                        .and(target(nameMatching("getHostName"))))
                .check(OurClasses.ALL);
    }
}
