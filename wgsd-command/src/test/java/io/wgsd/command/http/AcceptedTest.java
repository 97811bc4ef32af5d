package io.wgsd.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | true
            application/openmetrics-text                                                            | true
            Application/OpenMetrics-Text; q=0.1                                                     | true
            text/plain;q=0.9, application/openmetrics-text;q=0.5                                    | false
            application/openmetrics-text;q=0                                                        | false
            application/openmetrics-text;q=much                                                     | false
            text/plain                                                                              | false
            */*                                                                                     | false
            ''                                                                                      | false
            ,;,q=1                                                                                  | false
            """)
    void openMetricsIsChosenWhereItIsAskedForByName(String header, boolean expected) {
        assertThat(Accepted.isOpenMetrics(header)).isEqualTo(expected);
    }
}
